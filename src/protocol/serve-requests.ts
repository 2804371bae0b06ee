/** The other side of requests: runs each, passes aborts on, and posts its events, its end or its failure. */
import { AppError, type ErrorCode, toWire } from './errors';
import type { EventMessage, RequestMessage } from './requests';

export interface Serving<Event> {
  readonly signal: AbortSignal;
  /** For the events before the last one. */
  readonly post: (event: Event) => void;
}

/**
 * Hands back what takes the messages. `serve` resolves with the last event; what it throws without a code fails
 * with the given one.
 */
export function serveRequests<Request extends { readonly type: string }, Event extends object>(
  post: (message: EventMessage<Event>) => void,
  serve: (request: Request, serving: Serving<Event>) => Promise<Event>,
  failure: ErrorCode = 'unknown',
): (message: RequestMessage<Request>) => void {
  const running = new Map<number, AbortController>();
  const run = async (request: Request, id: number) => {
    const controller = new AbortController();
    running.set(id, controller);
    const postEvent = (event: Event) => post({ ...event, id });
    try {
      postEvent(await serve(request, { signal: controller.signal, post: postEvent }));
    } catch (cause) {
      post({ type: 'failed', error: toWire(AppError.from(cause, failure)), id });
    } finally {
      running.delete(id);
    }
  };
  return (message) => {
    if (message.type === 'abort') running.get(message.id)?.abort();
    else void run(message as Request, message.id);
  };
}

/** A worker's global scope, or a port. */
interface Scope<Request, Event> {
  onmessage: ((event: MessageEvent<RequestMessage<Request>>) => void) | null;
  postMessage(message: EventMessage<Event>): void;
}

/** As `serveRequests`, for what comes to a worker or a port. */
export function serveScope<Request extends { readonly type: string }, Event extends object>(
  scope: Scope<Request, Event>,
  serve: (request: Request, serving: Serving<Event>) => Promise<Event>,
  failure?: ErrorCode,
): void {
  const take = serveRequests((message) => scope.postMessage(message), serve, failure);
  scope.onmessage = ({ data }) => take(data);
}
