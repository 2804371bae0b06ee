/** Requests to somebody else: each has an id, a stream of events and one end. */
import type { RequestId } from '../protocol/engine';
import type { AppError } from '../protocol/errors';

interface Identified {
  readonly requestId: RequestId;
}

interface Pending<Event> {
  readonly events: Event[];
  wake: () => void;
  error?: AppError;
}

export class Requests<Request extends Identified, Event extends Identified> {
  readonly #post: (request: Request) => void;
  readonly #pending = new Map<RequestId, Pending<Event>>();
  #dead: AppError | null = null;

  constructor(post: (request: Request) => void) {
    this.#post = post;
  }

  receive(event: Event): void {
    const pending = this.#pending.get(event.requestId);
    pending?.events.push(event);
    pending?.wake();
  }

  /** Sends the request and yields its events up to the caller's `return` or the end of all. */
  async *open(request: Request): AsyncGenerator<Event, never> {
    if (this.#dead) throw this.#dead;
    const pending: Pending<Event> = { events: [], wake: () => {} };
    this.#pending.set(request.requestId, pending);
    this.#post(request);
    try {
      for (;;) {
        // All at once: taking the first of many moves all the others.
        if (pending.events.length > 0) yield* pending.events.splice(0);
        else if (pending.error) throw pending.error;
        else await new Promise<void>((resolve) => (pending.wake = resolve));
      }
    } finally {
      this.#pending.delete(request.requestId);
    }
  }

  send(request: Request): void {
    this.#post(request);
  }

  /** Every open request and every later one fails with the error; events that came before still count. */
  end(error: AppError): void {
    this.#dead = error;
    for (const pending of this.#pending.values()) {
      pending.error = error;
      pending.wake();
    }
  }
}
