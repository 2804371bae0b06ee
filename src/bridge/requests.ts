/**
 * The one class for requests to workers, other tabs and windows: each request is a stream of events that ends
 * once.
 */
import { AppError, fromWire } from '../protocol/errors';
import type { EventMessage, Failed, RequestMessage } from '../protocol/requests';

export interface Wire<Request, Event extends { readonly type: string }, Notice> {
  readonly post: (message: RequestMessage<Request>, transfer: Transferable[]) => void;
  /** No other event of the request follows these. */
  readonly lastEvents: readonly Event['type'][];
  /** Called with messages that belong to no request. */
  readonly onNotice?: (notice: Notice) => void;
}

export interface OpenOptions {
  /** An abort is passed on; the other side then ends the request. */
  readonly signal?: AbortSignal | undefined;
  readonly transfer?: Transferable[];
}

interface Pending<Event> {
  readonly events: (Event | Failed)[];
  wake: () => void;
  error?: AppError;
}

export class Requests<
  Request extends object,
  Event extends { readonly type: string },
  Notice extends object = never,
> {
  readonly #wire: Wire<Request, Event, Notice>;
  readonly #pending = new Map<number, Pending<Event>>();
  #endError: AppError | null = null;
  /** From 0: a sandbox's frame relies on its set-up having the first id. */
  #nextId = 0;

  constructor(wire: Wire<Request, Event, Notice>) {
    this.#wire = wire;
  }

  /** Takes a message from the other side; it may be malformed. */
  receive(message: EventMessage<Event> | Notice | null | undefined): void {
    if (typeof message !== 'object' || message === null) return;
    if (!('id' in message)) return this.#wire.onNotice?.(message);
    const { id, ...event } = message;
    const pending = this.#pending.get(id);
    pending?.events.push(event as unknown as Event | Failed);
    pending?.wake();
  }

  /**
   * Sends the request and yields its events, the last one included. Throws its failure as an AppError. Leaving
   * the loop early aborts the request.
   */
  async *open(
    request: Request,
    { signal, transfer = [] }: OpenOptions = {},
  ): AsyncGenerator<Event, void> {
    if (this.#endError) throw this.#endError;
    if (signal?.aborted) throw new AppError('aborted');
    const id = this.#nextId++;
    const pending: Pending<Event> = { events: [], wake: () => {} };
    this.#pending.set(id, pending);
    const abort = () => this.#wire.post({ type: 'abort', id }, []);
    signal?.addEventListener('abort', abort, { once: true });
    let isOver = false;
    try {
      this.#wire.post({ ...request, id }, transfer);
      while (!isOver) {
        await this.#waitForEvents(pending);
        // Takes all events together: removing them one by one from the front of a long list is slow.
        for (const event of pending.events.splice(0)) {
          isOver = isFailed(event) || this.#wire.lastEvents.includes(event.type);
          if (isFailed(event)) throw fromWire(event.error);
          yield event;
          if (isOver) break;
        }
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#pending.delete(id);
      if (!isOver) abort();
    }
  }

  /** Sends the request and resolves with its last event. Rejects with an AppError. */
  async ask(request: Request, options: OpenOptions = {}): Promise<Event> {
    let last: Event | null = null;
    for await (const event of this.open(request, options)) last = event;
    return last ?? Promise.reject(new AppError('unknown'));
  }

  /** Every open and every later request fails with the error; events that came before still count. */
  end(error: AppError): void {
    this.#endError ??= error;
    for (const pending of this.#pending.values()) {
      pending.error = error;
      pending.wake();
    }
  }

  async #waitForEvents(pending: Pending<Event>): Promise<void> {
    while (pending.events.length === 0) {
      if (pending.error) throw pending.error;
      await new Promise<void>((resolve) => (pending.wake = resolve));
    }
  }
}

function isFailed(event: { readonly type: string }): event is Failed {
  return event.type === 'failed';
}

export interface WorkerWire<Event extends { readonly type: string }> {
  readonly lastEvents: readonly Event['type'][];
  /** The error of its requests if its script could not be fetched or run. */
  readonly failure: (message: string) => AppError;
}

/** Requests to a worker; `end` ends the worker too. */
export class WorkerRequests<
  Request extends object,
  Event extends { readonly type: string },
> extends Requests<Request, Event> {
  readonly #worker: Worker;

  constructor(worker: Worker, { lastEvents, failure }: WorkerWire<Event>) {
    super({ lastEvents, post: (message, transfer) => worker.postMessage(message, transfer) });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<EventMessage<Event> | null>) => this.receive(data);
    worker.onerror = ({ message }) => this.end(failure(message));
  }

  override end(error = new AppError('aborted')): void {
    this.#worker.terminate();
    super.end(error);
  }
}

/** The error of a worker whose script may not have arrived. */
export function missingScript(cause: string): AppError {
  return new AppError(navigator.onLine ? 'engine-file-missing' : 'offline', {}, { cause });
}
