/** Requests over a MessagePort: each has an id, a stream of events and one end. */
import type { EngineEvent, EngineRequest, RequestId } from '../protocol/engine';
import { AppError } from '../protocol/errors';

type RequestEvent = Extract<EngineEvent, { requestId: RequestId }>;

interface Pending {
  readonly events: RequestEvent[];
  wake: () => void;
  error?: AppError;
}

export class PortRequests {
  readonly #port: MessagePort;
  readonly #pending = new Map<RequestId, Pending>();
  #dead: AppError | null = null;

  constructor(port: MessagePort, onLost: (event: Extract<EngineEvent, { type: 'lost' }>) => void) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<EngineEvent>) => {
      if (data.type === 'lost') return onLost(data);
      const pending = this.#pending.get(data.requestId);
      pending?.events.push(data);
      pending?.wake();
    };
  }

  /** Sends the request and yields its events up to the caller's `return` or the port's end. */
  async *open(request: EngineRequest): AsyncGenerator<RequestEvent, never> {
    if (this.#dead) throw this.#dead;
    const pending: Pending = { events: [], wake: () => {} };
    this.#pending.set(request.requestId, pending);
    this.#port.postMessage(request);
    try {
      for (;;) {
        const event = pending.events.shift();
        if (event) yield event;
        else if (pending.error) throw pending.error;
        else await new Promise<void>((resolve) => (pending.wake = resolve));
      }
    } finally {
      this.#pending.delete(request.requestId);
    }
  }

  send(request: EngineRequest): void {
    this.#port.postMessage(request);
  }

  /** Every open request and every later one fails with the error; events that came before still count. */
  end(error: AppError): void {
    this.#dead = error;
    this.#port.close();
    for (const pending of this.#pending.values()) {
      pending.error = error;
      pending.wake();
    }
  }
}
