/**
 * The form of requests on the wires between the page, its workers and its other tabs. Each message carries the id of
 * its request. `bridge/requests.ts` gives and reads the ids on the page, `serve-requests.ts` in a worker;
 * nobody else sees one.
 *
 * One rule for the names on all of these wires: a request is a verb (`load`, `generate`), an event is a noun or a
 * past form (`token`, `loaded`).
 */
import type { WireError } from './errors';

export type Identified<Body> = Body & { readonly id: number };

/** Ends the request of the same id; what came before stays valid. */
export interface Abort {
  readonly type: 'abort';
}

/** Ends every kind of request. */
export interface Failed {
  readonly type: 'failed';
  readonly error: WireError;
}

export type RequestMessage<Request> = Identified<Request | Abort>;
export type EventMessage<Event> = Identified<Event | Failed>;
