/**
 * The serving side of requests: runs each one, passes aborts on, and posts its events and its end or failure.
 */
import { AppError, type ErrorCode, toWire } from './errors';
import type { EventMessage, RequestMessage } from './requests';

export interface Serving<Event> {
  readonly signal: AbortSignal;
  /** Posts an event before the last one. */
  readonly post: (event: Event) => void;
}

/**
 * Returns the function that takes messages. `serve` resolves with the last event; an error without a code
 * becomes `failure`.
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

/** As `serveRequests`, for a worker's scope or a port. */
export function serveScope<Request extends { readonly type: string }, Event extends object>(
  scope: Scope<Request, Event>,
  serve: (request: Request, serving: Serving<Event>) => Promise<Event>,
  failure?: ErrorCode,
): void {
  const take = serveRequests((message) => scope.postMessage(message), serve, failure);
  scope.onmessage = ({ data }) => take(data);
}
