/** One run of a suite: its settings, its outcomes and the scores. */
import { pinStrengthSchema } from '../chat/conversation-settings';
import { Reading, readOrNull } from '../schema';
import type { SafetyMode } from '../prompt/safety';
import type { EngineId } from '../../protocol/engine';
import { fileSuites, ownSuites, type SuiteId, type TaskOptions } from './suites';
import type { Condition, Outcome, Task } from './task';
import { type Interval, wilson } from './statistics';

export const runSchema = 1;

/** The model and the device that were measured. */
export interface TestSubject {
  readonly modelId: string;
  readonly modelName: string;
  readonly engine: EngineId;
  /** 0 on a GPU. */
  readonly threads: number;
  readonly contextTokens: number;
  /** The GPU adapter's name; null if there is none or it was not used. */
  readonly adapter: string | null;
  readonly cores: number;
  /** Rounded by the browser; null if the browser does not report it. */
  readonly deviceMemoryGb: number | null;
  readonly browser: string;
  readonly appVersion: string;
}

export interface RunOptions extends TaskOptions {
  /** Null for the model's own mode. */
  readonly safety: SafetyMode | null;
}

export interface Run {
  readonly schema: typeof runSchema;
  readonly id: string;
  readonly suite: SuiteId;
  readonly suitesVersion: number;
  /** The file's name, for a suite from a file. */
  readonly fileName: string | null;
  readonly options: RunOptions;
  readonly subject: TestSubject;
  readonly startedMs: number;
  /** Null while tasks are left. */
  readonly finishedMs: number | null;
  /** Running time without pauses. */
  readonly activeMs: number;
  readonly tasks: number;
}

export interface StoredRun {
  readonly run: Run;
  /** In the order of completion. */
  readonly outcomes: readonly Outcome[];
}

/** The share of judged answers that passed, with its interval. */
export interface Score {
  readonly condition: Condition | null;
  /** For instruction persistence; null elsewhere. */
  readonly turn: number | null;
  readonly passed: number;
  readonly judged: number;
  /** The 95 % interval; null if nothing was judged. */
  readonly interval: Interval | null;
}

/** One score for a suite of single questions; for instruction persistence, one for each condition and turn. */
export function scoresOf({ run, outcomes }: StoredRun): readonly Score[] {
  const isByTurn = run.suite === 'persistence';
  const cells = new Map<string, Score>();
  for (const { condition, answers } of outcomes) {
    for (const { turn, verdict } of answers) {
      if (verdict === 'not-judged') continue;
      const key = `${condition} ${isByTurn ? turn : ''}`;
      const before = cells.get(key) ?? {
        condition,
        turn: isByTurn ? turn : null,
        passed: 0,
        judged: 0,
        interval: null,
      };
      const passed = before.passed + (verdict === 'passed' ? 1 : 0);
      cells.set(key, { ...before, passed, judged: before.judged + 1 });
    }
  }
  return [...cells.values()]
    .map((score) => ({ ...score, interval: wilson(score.passed, score.judged) }))
    .sort((a, b) => order(a) - order(b));
}

const order = ({ condition, turn }: Score) => (condition === 'unpinned' ? 1000 : 0) + (turn ?? 0);

/** The tasks that have no outcome yet. */
export function remaining(tasks: readonly Task[], outcomes: readonly Outcome[]): readonly Task[] {
  const done = new Set(outcomes.map(({ taskId }) => taskId));
  return tasks.filter(({ id }) => !done.has(id));
}

/** The number of questions, which determines the time. */
export function questionCount(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { questions }) => sum + questions.length, 0);
}

/** Estimated from the pace so far; null before the first. */
export function timeLeftMs(done: number, total: number, elapsedMs: number): number | null {
  return done === 0 ? null : (elapsedMs / done) * (total - done);
}

/** Reads a stored run; null if it is invalid or from a newer version. */
export function readRun(value: unknown): Run | null {
  const run = value as Partial<Run> | null | undefined;
  const suites: readonly unknown[] = [...ownSuites, ...fileSuites];
  const isRun =
    run?.schema === runSchema &&
    typeof run.id === 'string' &&
    suites.includes(run.suite) &&
    typeof run.tasks === 'number' &&
    typeof run.startedMs === 'number' &&
    typeof run.subject?.modelId === 'string' &&
    readOrNull(pinStrengthSchema, run.options?.pinStrength, new Reading(true)) !== null;
  return isRun ? (run as Run) : null;
}

/** Reads a stored outcome; null if it is invalid. */
export function readOutcome(value: unknown): Outcome | null {
  const outcome = value as Partial<Outcome> | null | undefined;
  const isOutcome = typeof outcome?.taskId === 'string' && Array.isArray(outcome.answers);
  return isOutcome ? (outcome as Outcome) : null;
}
