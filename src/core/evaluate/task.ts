/** What an evaluation asks, and what came of it. A task is a short conversation, of one question or more. */
import type { AsOfDate } from '../prompt/as-of-date';
import type { PinStrength } from '../chat/conversation-settings';
import type { Check } from './check';

/** Instruction persistence is asked twice: with the instruction pinned, and with it only said at first. */
export type Condition = 'pinned' | 'unpinned';

export interface TaskQuestion {
  readonly text: string;
  /** Null for what is asked, but not judged. */
  readonly check: Check | null;
  /** The question's own date. */
  readonly asOf?: AsOfDate;
}

export interface Task {
  /** Of a suite's version always the same. */
  readonly id: string;
  readonly condition: Condition | null;
  /** In the order in which they are asked, each answered before the next. */
  readonly questions: readonly TaskQuestion[];
  /** The pinned instruction; empty for none. */
  readonly pinned: string;
  readonly pinStrength: PinStrength;
  /** The conversation's date; null for none. */
  readonly asOf: AsOfDate | null;
  readonly maxAnswerTokens: number;
}

/** `not-judged`: not known yet, as with HumanEval's before Python is fetched. */
export type TaskVerdict = 'passed' | 'failed' | 'not-judged';

export interface TaskAnswer {
  /** Which of the conversation's questions, from 1. */
  readonly turn: number;
  readonly text: string;
  readonly verdict: TaskVerdict;
  /** Why it failed, where it is not the answer's words: a time limit, an error's code. */
  readonly reason?: string;
  readonly tokens: number;
  readonly ms: number;
}

/** Of a task that was asked to its end: the answers that were judged. */
export interface Outcome {
  readonly taskId: string;
  readonly condition: Condition | null;
  readonly answers: readonly TaskAnswer[];
}

/** A task with one question and nothing around it. */
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
