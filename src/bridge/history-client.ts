/** The page's side of the history worker; starts it on demand and ends it when idle. */
import { AppError } from '../protocol/errors';
import type {
  HistoryEvent,
  HistoryRequest,
  HistoryResults,
  LockSecret,
  SearchQuery,
  SearchResult,
} from '../protocol/history';
import { WorkerRequests } from './requests';
import { type SpawnWorker, spawnWorker } from './spawn';

/** The worker holds all conversations in memory while it runs. */
const idleMs = 120_000;

type HistoryRequests = WorkerRequests<HistoryRequest, HistoryEvent>;

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress01: number) => void;
}

export class HistoryClient {
  readonly #secret: () => LockSecret | undefined;
  readonly #spawn: SpawnWorker;
  #requests: HistoryRequests | null = null;
  #search: AbortController | null = null;
  #open = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  /** `secret` opens locked chats. */
  constructor(secret: () => LockSecret | undefined, spawn: SpawnWorker = spawnWorker) {
    this.#secret = secret;
    this.#spawn = spawn;
  }

  /** Starts the worker ahead of the first request, which would wait for it; it ends when idle, as always. */
  startAhead(): void {
    this.#requests ??= this.#start();
    if (this.#open === 0) this.#endWhenIdle();
  }

  /** Rejects with an AppError. Imports and exports report progress, and end when they are aborted. */
  async ask<R extends Exclude<HistoryRequest, { type: 'search' }>>(
    request: R,
    { signal, onProgress }: AskOptions = {},
  ): Promise<HistoryResults[R['type']]> {
    for await (const event of this.#events(request, signal)) {
      if (event.type === 'progress') onProgress?.(Number(event.progress01));
      if (event.type === 'finished') return event.value as HistoryResults[R['type']];
    }
    throw new AppError('chats-unreadable');
  }

  /** Calls back with each partial result, and last with the complete one. A new search ends the one before. */
  search(query: SearchQuery, onResult: (result: SearchResult | AppError) => void): void {
    this.#search?.abort();
    const { signal } = (this.#search = new AbortController());
    const run = async () => {
      for await (const event of this.#events({ type: 'search', ...query }, signal)) {
        if (signal.aborted) return;
        if (event.type === 'progress') continue;
        const result = searchResult(event.type === 'found' ? event.result : event.value);
        onResult(result);
        if (result instanceof AppError) return;
      }
    };
    run().catch((cause: unknown) => {
      if (!signal.aborted) onResult(AppError.from(cause, 'chats-unreadable'));
    });
  }

  async *#events(
    request: HistoryRequest,
    signal?: AbortSignal,
  ): AsyncGenerator<HistoryEvent, void> {
    clearTimeout(this.#idleTimer);
    this.#requests ??= this.#start();
    this.#open++;
    try {
      yield* this.#requests.open(request, { signal });
    } finally {
      this.#open--;
      if (this.#open === 0) this.#endWhenIdle();
    }
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#stop(), idleMs);
  }

  #start(): HistoryRequests {
    const requests: HistoryRequests = new WorkerRequests(this.#spawn('history'), {
      lastEvents: ['finished'],
      failure: (cause) => {
        this.#requests = null;
        return new AppError('chats-unreadable', {}, { cause });
      },
    });
    const secret = this.#secret();
    // If this fails, so do the requests after it.
    if (secret) requests.ask({ type: 'unlock', secret }).catch(() => {});
    return requests;
  }

  #stop(): void {
    const requests = this.#requests;
    this.#requests = null;
    requests?.end();
  }
}

/** Checks the shape, since a malformed result would be drawn. */
function searchResult(value: unknown): SearchResult | AppError {
  const { hits, isComplete } = (value ?? {}) as Partial<SearchResult>;
  return Array.isArray(hits) && typeof isComplete === 'boolean'
    ? (value as SearchResult)
    : new AppError('chats-unreadable');
}
