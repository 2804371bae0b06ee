/** The suites that come with the app, and those from files. */
import type { PinStrength } from '../chat/conversation-settings';
import { gsm8kTasks, isGsm8k } from './gsm8k';
import { humanEvalTasks, isHumanEval } from './human-eval';
import { readJsonLines, type Row } from './json-lines';
import { codingTasks } from './suites/coding';
import { englishTasks } from './suites/english';
import { italianTasks } from './suites/italian';
import { mathsTasks } from './suites/maths';
import { persistenceTasks } from './suites/persistence';
import { overRefusalTasks, safetyTasks } from './suites/safety-suite';
import { temporalTasks } from './suites/temporal';
import type { Task } from './task';
import { AppError } from '../../protocol/errors';

/** In the order in which they are shown. */
export const ownSuites = [
  'persistence',
  'temporal',
  'safety',
  'over-refusal',
  'maths',
  'coding',
  'english',
  'italian',
] as const;
export const fileSuites = ['gsm8k', 'humaneval'] as const;

export type OwnSuiteId = (typeof ownSuites)[number];
export type FileSuiteId = (typeof fileSuites)[number];
export type SuiteId = OwnSuiteId | FileSuiteId;

/**
 * Increase it whenever an item, a check or a prompt of any suite changes: results of two versions do not
 * compare.
 */
export const suitesVersion = 1;

export interface TaskOptions {
  readonly pinStrength: PinStrength;
  /** The last turn of instruction persistence: 6 or 20. */
  readonly lastTurn: number;
  /** The number of items from the start of the suite; null for all. */
  readonly limit: number | null;
}

const build: Readonly<Record<OwnSuiteId, (options: TaskOptions) => readonly Task[]>> = {
  persistence: persistenceTasks,
  temporal: temporalTasks,
  safety: safetyTasks,
  'over-refusal': overRefusalTasks,
  maths: mathsTasks,
  coding: codingTasks,
  english: englishTasks,
  italian: italianTasks,
};

/** `rows` are the rows of the file, for a suite from a file. */
export function tasksOf(
  suite: SuiteId,
  options: TaskOptions,
  rows: readonly Row[],
): readonly Task[] {
  // An item of instruction persistence is two tasks: with and without the pinned instruction.
  const perItem = suite === 'persistence' ? 2 : 1;
  const { limit } = options;
  const maxTasks = limit === null ? Infinity : limit * perItem;
  if (suite === 'gsm8k') return gsm8kTasks(rows.slice(0, maxTasks));
  if (suite === 'humaneval') return humanEvalTasks(rows.slice(0, maxTasks));
  return build[suite](options).slice(0, maxTasks);
}

/** The number of items of a built-in suite. */
export function itemCount(suite: OwnSuiteId): number {
  const tasks = build[suite]({ pinStrength: 'system', lastTurn: 6, limit: null });
  return suite === 'persistence' ? tasks.length / 2 : tasks.length;
}

export interface Dataset {
  readonly suite: FileSuiteId;
  readonly rows: readonly Row[];
}

/** Recognises the data set of a dropped file by its rows. Throws `dataset-unreadable`. */
export function readDataset(text: string): Dataset {
  const rows = readJsonLines(text);
  const [first] = rows;
  if (first && isHumanEval(first)) {
    humanEvalTasks(rows);
    return { suite: 'humaneval', rows };
  }
  if (first && isGsm8k(first)) {
    gsm8kTasks(rows);
    return { suite: 'gsm8k', rows };
  }
  throw new AppError('dataset-unreadable', { line: 1 });
}
