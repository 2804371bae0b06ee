/** Asks the questions of one task and judges the answers. */
import { answerOf } from '../../core/chat/thoughts';
import { type Check, passes } from '../../core/evaluate/check';
import { allPassed, type CodeCall, codeIn } from '../../core/evaluate/javascript-task';
import type { RunOptions } from '../../core/evaluate/run';
import type { Outcome, Task, TaskAnswer } from '../../core/evaluate/task';
import type { CodeRun } from '../../bridge/code-sandbox';
import { AppError, assertNever } from '../../protocol/errors';
import { type HeadlessOptions, HeadlessChat, type HeadlessAnswer } from './headless-chat';

/** Runs an answer's code in a sandbox. */
export type RunCode = (
  code: string,
  entryPoint: string,
  calls: readonly CodeCall[],
) => Promise<CodeRun>;

export interface TaskContext extends HeadlessOptions {
  readonly runCode: RunCode;
  readonly options: RunOptions;
  readonly signal: AbortSignal;
  /** Called after each answer. */
  readonly onAnswer: () => void;
}

/** Errors of a single question, not of the engine: the question fails, and the run continues. */
const ownErrors = ['context-overflow', 'instructions-too-long'];

/** Rejects with an AppError; then the whole task is asked again later. */
export async function runTask(task: Task, context: TaskContext): Promise<Outcome> {
  const { options, signal, onAnswer } = context;
  const { pinned, pinStrength, asOf } = task;
  const settings = { pinned, pinStrength, safety: options.safety, asOf: asOf ?? 'off' } as const;
  const headlessChat = new HeadlessChat(context, settings, task.maxAnswerTokens);
  const answers: TaskAnswer[] = [];
  for (const [index, { text, check, asOf }] of task.questions.entries()) {
    const turn = index + 1;
    try {
      const answer = await headlessChat.ask(text, signal, asOf);
      if (check) answers.push(await judged(turn, answer, check, context.runCode));
    } catch (cause) {
      const { code } = AppError.from(cause, 'engine-failed');
      if (!ownErrors.includes(code)) throw cause;
      if (check) {
        answers.push({ turn, text: '', verdict: 'failed', reason: code, tokens: 0, ms: 0 });
      }
    }
    onAnswer();
  }
  return { taskId: task.id, condition: task.condition, answers };
}

async function judged(
  turn: number,
  { text, usage, ms }: HeadlessAnswer,
  check: Check,
  runCode: RunCode,
): Promise<TaskAnswer> {
  const answer = { turn, text, tokens: usage.completionTokens, ms };
  if (check.kind === 'python') return { ...answer, verdict: 'not-judged' };
  if (check.kind !== 'javascript') {
    return { ...answer, verdict: passes(check, answerOf(text)) ? 'passed' : 'failed' };
  }
  const { entryPoint, calls } = check;
  const run = await runCode(codeIn(answerOf(text), entryPoint), entryPoint, calls);
  switch (run.type) {
    case 'results': {
      const thrown = run.results.find((result) => result.type === 'thrown');
      return allPassed(calls, run.results)
        ? { ...answer, verdict: 'passed' }
        : { ...answer, verdict: 'failed', ...(thrown ? { reason: thrown.message } : {}) };
    }
    case 'timed-out':
      return { ...answer, verdict: 'failed', reason: 'timed out' };
    case 'broken':
      return { ...answer, verdict: 'failed', reason: run.message };
    default:
      return assertNever(run);
  }
}
