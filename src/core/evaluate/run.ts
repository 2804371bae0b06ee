/** One run of a suite: what was asked of what, and the scores that came of it. */
import { pinStrengthSchema } from '../chat/conversation-settings';
import { Reading, readOrNull } from '../schema';
import type { SafetyMode } from '../prompt/safety';
import type { EngineId } from '../../protocol/engine';
import { fileSuites, ownSuites, type SuiteId, type TaskOptions } from './suites';
import type { Condition, Outcome, Task } from './task';
import { type Interval, wilson } from './wilson';

export const runSchema = 1;

/** What was measured, and where. */
export interface Subject {
  readonly modelId: string;
  readonly modelName: string;
  readonly engine: EngineId;
  /** 0 on a GPU. */
  readonly threads: number;
  readonly contextTokens: number;
  /** The adapter's name; null where there is none, or it was not used. */
  readonly adapter: string | null;
  readonly cores: number;
  /** Rounded by the browser; null where it does not tell. */
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
  /** The file's name, for a suite that came from one. */
  readonly fileName: string | null;
  readonly options: RunOptions;
  readonly subject: Subject;
  readonly startedMs: number;
  /** Null while tasks are left. */
  readonly finishedMs: number | null;
  /** Time that it ran, pauses left out. */
  readonly activeMs: number;
  readonly tasks: number;
}

export interface StoredRun {
  readonly run: Run;
  /** In the order in which they came. */
  readonly outcomes: readonly Outcome[];
}

/** Passed of judged, with how sure that is. */
export interface Score {
  readonly condition: Condition | null;
  /** For instruction persistence; null elsewhere. */
  readonly turn: number | null;
  readonly passed: number;
  readonly judged: number;
  /** 95 %; null where nothing was judged. */
  readonly interval: Interval | null;
}

/** One score for a suite of single questions; one for each condition and turn of instruction persistence. */
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

/** What of the tasks has no outcome yet. */
export function remaining(tasks: readonly Task[], outcomes: readonly Outcome[]): readonly Task[] {
  const done = new Set(outcomes.map(({ taskId }) => taskId));
  return tasks.filter(({ id }) => !done.has(id));
}

/** Questions asked, which is what takes time. */
export function questionCount(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { questions }) => sum + questions.length, 0);
}

/** By the pace so far; null before there is one. */
export function timeLeftMs(done: number, total: number, elapsedMs: number): number | null {
  return done === 0 ? null : (elapsedMs / done) * (total - done);
}

/** Of a stored value; null for what is not a run, or is a newer version's. */
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

/** Of a stored value; null for what is no outcome. */
export function readOutcome(value: unknown): Outcome | null {
  const outcome = value as Partial<Outcome> | null | undefined;
  const isOutcome = typeof outcome?.taskId === 'string' && Array.isArray(outcome.answers);
  return isOutcome ? (outcome as Outcome) : null;
}
