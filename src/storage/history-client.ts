/** The page's side of the history worker, which is started when it is needed and ended when it is not. */
import { AppError, fromWire } from '../protocol/errors';
import type {
  HistoryEnvelope,
  HistoryReply,
  HistoryRequest,
  HistoryResults,
  SearchResult,
} from '../protocol/history';

/** All conversations take memory while they can be searched. */
const idleMs = 120_000;

interface Pending {
  readonly take: (reply: HistoryReply) => void;
  readonly fail: (error: AppError) => void;
}

export class HistoryClient {
  readonly #spawn: () => Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #searches = new Set<number>();
  #worker: Worker | null = null;
  #nextId = 1;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(spawn: () => Worker) {
    this.#spawn = spawn;
  }

  /** Rejects with an AppError. */
  ask<R extends Exclude<HistoryRequest, { type: 'search' }>>(
    request: R,
  ): Promise<HistoryResults[R['type']]> {
    return new Promise((resolve, reject) => {
      this.#send(request, (id) => ({
        take: (reply) => {
          this.#end(id);
          if (reply.ok) resolve(reply.value as HistoryResults[R['type']]);
          else reject(fromWire(reply.error));
        },
        fail: reject,
      }));
    });
  }

  /** Calls back with what was found so far, the last time with all; a later search ends an earlier one. */
  search(query: string, limit: number, onResult: (result: SearchResult | AppError) => void): void {
    this.#send({ type: 'search', query, limit }, (id) => ({
      take: (reply) => {
        const result = reply.ok ? searchResult(reply.value) : fromWire(reply.error);
        if (result instanceof AppError || result.isComplete) this.#end(id);
        onResult(result);
      },
      fail: onResult,
    }));
  }

  #send(request: HistoryRequest, pendingOf: (id: number) => Pending): void {
    clearTimeout(this.#idleTimer);
    const requestId = this.#nextId++;
    if (request.type === 'search') this.#forgetSearches();
    this.#pending.set(requestId, pendingOf(requestId));
    if (request.type === 'search') this.#searches.add(requestId);
    this.#start().postMessage({ ...request, requestId } satisfies HistoryEnvelope);
  }

  #forgetSearches(): void {
    for (const id of this.#searches) this.#pending.delete(id);
    this.#searches.clear();
  }

  #end(id: number): void {
    this.#pending.delete(id);
    this.#searches.delete(id);
    if (this.#pending.size > 0) return;
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#stop(), idleMs);
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#spawn();
    worker.onmessage = ({ data }: MessageEvent<HistoryReply | null | undefined>) => {
      if (data) this.#pending.get(data.requestId)?.take(data);
    };
    worker.onerror = ({ message }) => {
      const error = new AppError('chats-unreadable', {}, { cause: message });
      const waiting = [...this.#pending.values()];
      this.#stop();
      for (const { fail } of waiting) fail(error);
    };
    this.#worker = worker;
    return worker;
  }

  #stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#pending.clear();
    this.#searches.clear();
  }
}

/** What is no result would otherwise be waited on, or drawn. */
function searchResult(value: unknown): SearchResult | AppError {
  const { hits, isComplete } = (value ?? {}) as Partial<SearchResult>;
  return Array.isArray(hits) && typeof isComplete === 'boolean'
    ? (value as SearchResult)
    : new AppError('chats-unreadable');
}
