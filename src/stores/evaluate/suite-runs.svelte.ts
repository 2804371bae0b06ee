/** Runs suites, one at a time and never together with a chat's answer; runs can resume after a reload. */
import {
  questionCount,
  readOutcome,
  readRun,
  remaining,
  type Run,
  type RunOptions,
  runSchema,
  type StoredRun,
  timeLeftMs,
} from '../../core/evaluate/run';
import { datasetLimitBytes, type Row } from '../../core/evaluate/json-lines';
import { readDataset, type SuiteId, suitesVersion, tasksOf } from '../../core/evaluate/suites';
import type { Outcome, Task } from '../../core/evaluate/task';
import { AppError } from '../../protocol/errors';
import { newId } from '../../protocol/new-id';
import type { Answering } from '../chat/answering.svelte';
import type { Models } from '../models/models.svelte';
import { subjectOf, type RunEnvironment } from './subject';
import { type RunCode, runTask } from './task-runner';

/** The part of `src/storage` that this store needs. */
export interface RunStorage {
  loadRuns(): Promise<readonly unknown[]>;
  saveRun(run: Run): Promise<void>;
  loadOutcomes(runId: string): Promise<readonly unknown[]>;
  saveOutcome(run: Run, outcome: Outcome): Promise<void>;
  loadRows(runId: string): Promise<readonly Row[]>;
  saveRows(runId: string, rows: readonly Row[]): Promise<void>;
  deleteRun(runId: string): Promise<void>;
}

export interface SuiteRunsOptions {
  readonly models: Models;
  readonly answering: Answering;
  readonly storage: RunStorage;
  readonly runCode: RunCode;
  readonly environment: RunEnvironment;
}

export interface RunProgress {
  readonly runId: string;
  readonly doneQuestions: number;
  readonly questions: number;
  /** Null until the pace is known. */
  readonly leftMs: number | null;
}

/** The content of a file, before it is run. */
export interface PickedDataset {
  readonly suite: 'gsm8k' | 'humaneval';
  readonly fileName: string;
  readonly rows: readonly Row[];
}

export class SuiteRuns {
  /** The newest first. */
  list = $state.raw<readonly StoredRun[]>([]);
  /** True from start to end, the model's download and load included. */
  running = $state(false);
  /** Null before the first question and while no run is under way. */
  progress = $state.raw<RunProgress | null>(null);
  /** True from a pause until the engine reacts. */
  pausing = $state(false);
  /** Why the last run ended early or could not be stored. */
  error = $state.raw<AppError | null>(null);
  fileError = $state.raw<AppError | null>(null);
  /** True if the browser stores nothing: results last until the page is closed. */
  isUnstored = $state(false);

  readonly #options: SuiteRunsOptions;
  /** The rows of runs that could not be stored. */
  readonly #rows: Record<string, readonly Row[]> = {};
  #controller: AbortController | null = null;

  constructor(options: SuiteRunsOptions) {
    this.#options = options;
  }

  /** Reads the stored runs. Never rejects. */
  async load(): Promise<void> {
    if (this.progress) return;
    const { storage } = this.#options;
    try {
      const runs = (await storage.loadRuns()).map(readRun).filter((run) => run !== null);
      const stored = await Promise.all(
        runs.map(async (run) => {
          const outcomes = (await storage.loadOutcomes(run.id)).map(readOutcome);
          return { run, outcomes: outcomes.filter((outcome) => outcome !== null) };
        }),
      );
      this.list = stored.sort((a, b) => b.run.startedMs - a.run.startedMs);
    } catch {
      this.isUnstored = true;
    }
  }

  /** Reads a dropped or picked file; null, with `fileError` set, if it is not a known data set. */
  async readFile(file: File): Promise<PickedDataset | null> {
    this.fileError = null;
    try {
      if (file.size > datasetLimitBytes) throw new AppError('dataset-unreadable', { line: 1 });
      return { fileName: file.name, ...readDataset(await file.text()) };
    } catch (cause) {
      this.fileError = AppError.from(cause, 'dataset-unreadable');
      return null;
    }
  }

  /** Runs a suite with the chosen model; resolves at its end. Never rejects: see `error`. */
  async start(
    suite: SuiteId,
    options: RunOptions,
    dataset: PickedDataset | null = null,
  ): Promise<void> {
    const rows = dataset?.rows.slice(0, options.limit ?? Infinity) ?? [];
    const tasks = tasksOf(suite, options, rows);
    await this.#exclusively(async (signal) => {
      const { models, storage, environment } = this.#options;
      await models.ensureReady();
      const run: Run = {
        schema: runSchema,
        id: newId(),
        suite,
        suitesVersion,
        fileName: dataset?.fileName ?? null,
        options,
        tasks: tasks.length,
        subject: subjectOf(models, environment),
        startedMs: Date.now(),
        finishedMs: null,
        activeMs: 0,
      };
      this.list = [{ run, outcomes: [] }, ...this.list];
      this.#rows[run.id] = rows;
      await this.#stored(async () => {
        if (dataset) await storage.saveRows(run.id, rows);
        await storage.saveRun(run);
      });
      await this.#run(run, tasks, signal);
    });
  }

  /** Resumes a run with its own model. Never rejects: see `error`. */
  async resume(runId: string): Promise<void> {
    const found = this.list.find(({ run }) => run.id === runId);
    if (!found || found.run.suitesVersion !== suitesVersion) return;
    await this.#exclusively(async (signal) => {
      const { models, storage } = this.#options;
      const { run } = found;
      const model = models.list.find(({ id }) => id === run.subject.modelId);
      if (!model) throw new AppError('model-missing');
      await models.choose(model, { withinRun: true });
      if (models.chosen.id !== model.id) throw new AppError('model-not-loaded');
      await models.ensureReady();
      const rows = this.#rows[runId] ?? (await storage.loadRows(runId));
      await this.#run(run, tasksOf(run.suite, run.options, rows), signal);
    });
  }

  /** Ends the current run after its last complete task; `resume` continues it. */
  pause(): void {
    if (!this.#controller) return;
    this.pausing = true;
    this.#controller.abort();
    if (this.#options.models.state.phase !== 'ready') this.#options.models.cancel();
  }

  async remove(runId: string): Promise<void> {
    if (this.progress?.runId === runId) return;
    this.list = this.list.filter(({ run }) => run.id !== runId);
    await this.#stored(() => this.#options.storage.deleteRun(runId));
  }

  /** Replaces an outcome after it was judged. */
  async replaceOutcome(runId: string, outcome: Outcome): Promise<void> {
    const found = this.list.find(({ run }) => run.id === runId);
    if (!found) return;
    const replaced = (one: Outcome) => (one.taskId === outcome.taskId ? outcome : one);
    this.list = this.list.map((stored) =>
      stored.run.id === runId
        ? { run: stored.run, outcomes: stored.outcomes.map(replaced) }
        : stored,
    );
    await this.#stored(() => this.#options.storage.saveOutcome(found.run, outcome));
  }

  /** The rows of a run's file. */
  async rowsOf(runId: string): Promise<readonly Row[]> {
    return this.#rows[runId] ?? (await this.#options.storage.loadRows(runId));
  }

  async #exclusively(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { answering } = this.#options;
    if (answering.busy) return;
    this.error = null;
    this.running = true;
    const own = new AbortController();
    this.#controller = own;
    await answering.exclusively(null, async (signal) => {
      try {
        await work(AbortSignal.any([signal, own.signal]));
      } catch (cause) {
        const error = AppError.from(cause, 'engine-failed');
        if (error.code !== 'aborted') this.error = error;
      }
    });
    this.#controller = null;
    this.pausing = false;
    this.running = false;
    this.progress = null;
  }

  async #run(started: Run, tasks: readonly Task[], signal: AbortSignal): Promise<void> {
    const { answering, models, runCode, storage } = this.#options;
    let run = started;
    const left = remaining(tasks, this.#outcomesOf(run.id));
    const questions = questionCount(tasks);
    const before = questions - questionCount(left);
    const startMs = performance.now();
    let done = before;
    const show = () => {
      const elapsedMs = performance.now() - startMs;
      const leftMs = timeLeftMs(done - before, questions - before, elapsedMs);
      this.progress = { runId: run.id, doneQuestions: done, questions, leftMs };
    };
    show();
    for (const task of left) {
      const taskStartMs = performance.now();
      const onAnswer = () => {
        done += 1;
        show();
      };
      const { generator } = answering;
      const context = { generator, models, runCode, options: run.options, signal, onAnswer };
      const outcome = await runTask(task, context);
      const activeMs = run.activeMs + performance.now() - taskStartMs;
      const isLast = task === left.at(-1);
      run = { ...run, activeMs, finishedMs: isLast ? Date.now() : null };
      this.#record(run, outcome);
      const current = run;
      await this.#stored(() => storage.saveOutcome(current, outcome));
    }
  }

  #outcomesOf(runId: string): readonly Outcome[] {
    return this.list.find(({ run }) => run.id === runId)?.outcomes ?? [];
  }

  #record(run: Run, outcome: Outcome): void {
    this.list = this.list.map((stored) =>
      stored.run.id === run.id ? { run, outcomes: [...stored.outcomes, outcome] } : stored,
    );
  }

  /** Results count even if the browser stores nothing. */
  async #stored(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch {
      this.isUnstored = true;
    }
  }
}
