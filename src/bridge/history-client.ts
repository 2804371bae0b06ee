/** The page's side of the history worker, which is started when it is needed and ended when it is not. */
import { AppError } from '../protocol/errors';
import type {
  HistoryEvent,
  HistoryRequest,
  HistoryResults,
  LockSecret,
  SearchResult,
} from '../protocol/history';
import { WorkerRequests } from './requests';
import { type SpawnWorker, spawnWorker } from './spawn';

/** All conversations take memory while they can be searched. */
const idleMs = 120_000;

type HistoryRequests = WorkerRequests<HistoryRequest, HistoryEvent>;

export class HistoryClient {
  readonly #secret: () => LockSecret | undefined;
  readonly #spawn: SpawnWorker;
  #requests: HistoryRequests | null = null;
  #search: AbortController | null = null;
  #open = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  /** `secret` opens chats that are locked. */
  constructor(secret: () => LockSecret | undefined, spawn: SpawnWorker = spawnWorker) {
    this.#secret = secret;
    this.#spawn = spawn;
  }

  /** Rejects with an AppError. */
  async ask<R extends Exclude<HistoryRequest, { type: 'search' }>>(
    request: R,
  ): Promise<HistoryResults[R['type']]> {
    for await (const event of this.#events(request)) {
      if (event.type === 'finished') return event.value as HistoryResults[R['type']];
    }
    throw new AppError('chats-unreadable');
  }

  /** Calls back with what was found so far, the last time with all; a later search ends an earlier one. */
  search(query: string, limit: number, onResult: (result: SearchResult | AppError) => void): void {
    this.#search?.abort();
    const { signal } = (this.#search = new AbortController());
    const run = async () => {
      for await (const event of this.#events({ type: 'search', query, limit }, signal)) {
        if (signal.aborted) return;
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
      if (this.#open === 0) this.#idleTimer = setTimeout(() => this.#stop(), idleMs);
    }
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
    // If it fails, so does what is asked next.
    if (secret) requests.ask({ type: 'unlock', secret }).catch(() => {});
    return requests;
  }

  #stop(): void {
    const requests = this.#requests;
    this.#requests = null;
    requests?.end();
  }
}

/** What is no result would otherwise be drawn. */
function searchResult(value: unknown): SearchResult | AppError {
  const { hits, isComplete } = (value ?? {}) as Partial<SearchResult>;
  return Array.isArray(hits) && typeof isComplete === 'boolean'
    ? (value as SearchResult)
    : new AppError('chats-unreadable');
}
