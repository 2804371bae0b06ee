/**
 * The form of requests between the page, its workers and its other tabs. Each message carries the id of its
 * request. `bridge/requests.ts` handles the ids on the page and `serve-requests.ts` in a worker; no other file
 * sees one.
 *
 * One rule names all messages: a request is a verb (`load`, `generate`), an event is a noun or a past form
 * (`token`, `loaded`).
 */
import type { WireError } from './errors';

export type Identified<Body> = Body & { readonly id: number };

/** Ends the request of the same id; events that came before stay valid. */
export interface Abort {
  readonly type: 'abort';
}

/** The failure of a request of any kind. */
export interface Failed {
  readonly type: 'failed';
  readonly error: WireError;
}

export type RequestMessage<Request> = Identified<Request | Abort>;
export type EventMessage<Event> = Identified<Event | Failed>;
