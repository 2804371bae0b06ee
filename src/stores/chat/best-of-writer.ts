/** Writes several answers to one question, lets the model grade them, and keeps the best. */
import {
  bestCandidate,
  type BestOf,
  type Candidate,
  expectedGrade01,
  type GradeKind,
  gradeKinds,
} from '../../core/chat/best-of';
import type { AnswerTurn } from '../../core/chat/conversation';
import { gradePrompt } from '../../core/chat/grade-prompt';
import type { Prompt } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import { AnswerWriter } from './answer-writer';
import type { AnswerPrompt } from './answer-generator';

export { grades } from '../../core/chat/best-of';

/** The current step; `current` counts from 1. */
export interface BestOfStep {
  readonly phase: 'writing' | 'grading';
  readonly current: number;
  readonly total: number;
}

export interface BestOfOptions {
  readonly count: number;
  readonly safetyFirst: boolean;
  /** Writes one answer, the nth from 0. */
  readonly write: (writer: AnswerWriter, nth: number) => Promise<AnswerPrompt>;
  /** The probability of each grade as the answer to the prompt. */
  readonly choiceProbabilities: (prompt: Prompt) => Promise<readonly number[]>;
  readonly onStep: (step: BestOfStep) => void;
  readonly onChange: (answer: AnswerTurn) => void;
}

/** Never rejects: a failure or a stop becomes the answer's state, and the candidates so far are kept. */
export async function writeBestOf(answer: AnswerTurn, options: BestOfOptions): Promise<void> {
  const { onChange, safetyFirst } = options;
  let candidates: Candidate[] = [];
  let newest = answer;
  let prompt: AnswerPrompt | null = null;
  const bestOf = (): BestOf => ({ candidates, safetyFirst });
  const written = () => (candidates.length > 0 ? { bestOf: bestOf() } : {});
  /** Shows the best text so far, without stats, which belong to a single candidate. */
  const showBest = (state: Partial<AnswerTurn>) => {
    const { text, truncated } = candidates[bestCandidate(bestOf())] ?? newest;
    const { passages } = newest;
    onChange({
      ...answer,
      text,
      ...(passages ? { passages } : {}),
      ...(truncated ? { truncated } : {}),
      ...written(),
      ...state,
    });
  };
  try {
    for (let nth = 0; nth < options.count; nth += 1) {
      options.onStep({ phase: 'writing', current: nth + 1, total: options.count });
      const writer = new AnswerWriter(answer, (next) => {
        newest = next;
        onChange({ ...next, state: 'streaming', ...written() });
      });
      prompt = await options.write(writer, nth).catch((cause: unknown) => {
        writer.fail(AppError.from(cause, 'engine-failed'));
        throw cause;
      });
      if (newest.state !== 'done') throw new AppError('aborted');
      const { text, truncated } = newest;
      candidates = [...candidates, { text, ...(truncated ? { truncated } : {}) }];
    }
    await gradeAll(candidates, prompt, options, (graded) => {
      candidates = graded;
      showBest({ state: 'streaming' });
    });
    showBest({ state: 'done' });
  } catch (cause) {
    const { code, data } = AppError.from(cause, 'engine-failed');
    if (code === 'aborted') return showBest({ state: 'stopped' });
    const isEmpty = candidates.length === 0 && newest.text === '';
    showBest({ state: isEmpty ? 'failed' : 'unfinished', error: { code, data } });
  }
}

async function gradeAll(
  candidates: readonly Candidate[],
  prompt: AnswerPrompt | null,
  { choiceProbabilities, onStep }: BestOfOptions,
  onGraded: (candidates: Candidate[]) => void,
): Promise<void> {
  if (!prompt) return;
  let graded = [...candidates];
  const total = candidates.length * gradeKinds.length;
  let done = 0;
  // Starts with the newest, which is still in the KV cache.
  for (const [at, { text }] of [...candidates.entries()].reverse()) {
    for (const kind of gradeKinds) {
      done += 1;
      onStep({ phase: 'grading', current: done, total });
      // Equal texts get equal grades.
      const known = graded.find((one) => one.text === text && one[kind] !== undefined)?.[kind];
      const value = known ?? (await gradeOf(kind, text, prompt, choiceProbabilities));
      if (value !== undefined) graded = graded.with(at, { ...graded[at]!, [kind]: value });
    }
    onGraded(graded);
  }
}

/** Undefined if the question and the answer alone leave no room for the grading question. */
async function gradeOf(
  kind: GradeKind,
  candidate: string,
  { model, system, exchanges }: AnswerPrompt,
  choiceProbabilities: BestOfOptions['choiceProbabilities'],
): Promise<number | undefined> {
  // If the whole conversation is too long together with the grading question, half of it is tried.
  for (let part = exchanges; part.length > 0; part = part.slice(Math.ceil(part.length / 2))) {
    try {
      return expectedGrade01(
        await choiceProbabilities(gradePrompt(kind, model, system, part, candidate)),
      );
    } catch (cause) {
      if (AppError.from(cause).code !== 'context-overflow') throw cause;
    }
  }
  return undefined;
}
