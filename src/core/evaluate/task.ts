/** The tasks of an evaluation and their outcomes. A task is a short conversation of one or more questions. */
import type { AsOfDate } from '../prompt/as-of-date';
import type { PinStrength } from '../chat/conversation-settings';
import type { Check } from './check';

/** Instruction persistence asks twice: with the instruction pinned, and with it only in the first message. */
export type Condition = 'pinned' | 'unpinned';

export interface TaskQuestion {
  readonly text: string;
  /** Null for a question that is asked but not judged. */
  readonly check: Check | null;
  /** The question's own as-of date. */
  readonly asOf?: AsOfDate;
}

export interface Task {
  /** Stable within a version of the suite. */
  readonly id: string;
  readonly condition: Condition | null;
  /** In the order in which they are asked; each is answered before the next. */
  readonly questions: readonly TaskQuestion[];
  /** The pinned instruction; empty for none. */
  readonly pinned: string;
  readonly pinStrength: PinStrength;
  /** The conversation's as-of date; null for none. */
  readonly asOf: AsOfDate | null;
  readonly maxAnswerTokens: number;
}

/** `not-judged`: unknown so far, such as HumanEval's before Python is fetched. */
export type TaskVerdict = 'passed' | 'failed' | 'not-judged';

export interface TaskAnswer {
  /** The number of the question in the conversation, from 1. */
  readonly turn: number;
  readonly text: string;
  readonly verdict: TaskVerdict;
  /** Why it failed, if not because of its text: a time limit or an error code. */
  readonly reason?: string;
  readonly tokens: number;
  readonly ms: number;
}

/** The judged answers of a completed task. */
export interface Outcome {
  readonly taskId: string;
  readonly condition: Condition | null;
  readonly answers: readonly TaskAnswer[];
}

/** A task with a single question and no settings. */
export function single(id: string, question: TaskQuestion, maxAnswerTokens: number): Task {
  return {
    id,
    condition: null,
    questions: [question],
    maxAnswerTokens,
    pinned: '',
    pinStrength: 'system',
    asOf: null,
  };
}
