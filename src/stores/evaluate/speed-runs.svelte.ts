/** Measures how fast the chosen model loads, prefills and decodes on this device. */
import {
  isSampled,
  lengthsFor,
  readSpeedReport,
  samplesPerLength,
  speedPrompt,
  speedAnswerTokens,
  type SpeedReport,
  type SpeedRow,
  speedRow,
  type SpeedSample,
  speedSchema,
} from '../../core/evaluate/speed';
import type { ModelEngine } from '../../bridge/engine-client';
import { AppError } from '../../protocol/errors';
import { newId } from '../../protocol/new-id';
import type { Answering } from '../chat/answering.svelte';
import type { Models } from '../models/models.svelte';
import { HeadlessChat } from './headless-chat';
import { subjectOf, type RunEnvironment } from './subject';

export interface SpeedStorage {
  loadSpeedReports(): Promise<readonly unknown[]>;
  saveSpeedReport(report: SpeedReport): Promise<void>;
  deleteSpeedReport(id: string): Promise<void>;
}

export interface SpeedRunsOptions {
  readonly engine: ModelEngine;
  readonly models: Models;
  readonly answering: Answering;
  readonly storage: SpeedStorage;
  readonly environment: RunEnvironment;
  /** Measures the memory of the page and its workers; null if the browser does not report it. */
  readonly measureMemory: () => Promise<number | null>;
}

export class SpeedRuns {
  /** The newest first. */
  list = $state.raw<readonly SpeedReport[]>([]);
  /** 0 to 1; null while nothing is measured. */
  progress01 = $state<number | null>(null);
  error = $state.raw<AppError | null>(null);
  isUnstored = $state(false);

  readonly #options: SpeedRunsOptions;
  #controller: AbortController | null = null;

  constructor(options: SpeedRunsOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async load(): Promise<void> {
    try {
      const stored = await this.#options.storage.loadSpeedReports();
      const reports = stored.map(readSpeedReport).filter((report) => report !== null);
      this.list = reports.sort((a, b) => b.atMs - a.atMs);
    } catch {
      this.isUnstored = true;
    }
  }

  /** Never rejects: see `error`. */
  async start(): Promise<void> {
    const { answering, storage } = this.#options;
    if (answering.busy) return;
    this.error = null;
    this.progress01 = 0;
    const own = new AbortController();
    this.#controller = own;
    await answering.exclusively(null, async (signal) => {
      try {
        const report = await this.#measure(AbortSignal.any([signal, own.signal]));
        this.list = [report, ...this.list];
        await storage.saveSpeedReport(report).catch(() => (this.isUnstored = true));
      } catch (cause) {
        const error = AppError.from(cause, 'engine-failed');
        if (error.code !== 'aborted') this.error = error;
      }
    });
    this.#controller = null;
    this.progress01 = null;
  }

  /** Drops the measurements so far: incomplete ones could not be compared. */
  cancel(): void {
    this.#controller?.abort();
    if (this.#options.models.state.phase !== 'ready') this.#options.models.cancel();
  }

  async remove(id: string): Promise<void> {
    this.list = this.list.filter((report) => report.id !== id);
    await this.#options.storage.deleteSpeedReport(id).catch(() => (this.isUnstored = true));
  }

  async #measure(signal: AbortSignal): Promise<SpeedReport> {
    const { answering, engine, models, measureMemory, environment } = this.#options;
    await models.fetch();
    // Loads the model again even if it is loaded, since the load time is measured too.
    await engine.unload();
    models.lost();
    const loadStartMs = performance.now();
    await models.ensureReady();
    const loadMs = performance.now() - loadStartMs;
    signal.throwIfAborted();
    const subject = subjectOf(models, environment);
    const lengths = lengthsFor(subject.contextTokens);
    const answers = 1 + lengths.length * samplesPerLength;
    let asked = 0;
    const sample = async (tokens: number): Promise<SpeedSample> => {
      const headlessChat = new HeadlessChat(
        { generator: answering.generator, models },
        {},
        speedAnswerTokens,
      );
      const answer = await headlessChat.ask(speedPrompt(tokens, asked), signal);
      asked += 1;
      return answer;
    };
    // The engine compiles during its first answer.
    await sample(8);
    const rows: SpeedRow[] = [];
    for (const [nth, tokens] of lengths.entries()) {
      const samples: SpeedSample[] = [];
      const startMs = performance.now();
      while (!isSampled(samples.length, performance.now() - startMs)) {
        this.progress01 = (1 + nth * samplesPerLength + samples.length) / answers;
        samples.push(await sample(tokens));
      }
      rows.push(speedRow(samples));
    }
    const memoryBytes = await measureMemory();
    const id = newId();
    return { schema: speedSchema, id, subject, atMs: Date.now(), loadMs, memoryBytes, rows };
  }
}
