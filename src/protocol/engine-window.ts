/** Between a frame and the window of Corral that answers for it: an engine's requests, and its models. */
import type { SharedEvent, SharedNotice, SharedRequest } from './engine';
import type { EventMessage, RequestMessage } from './requests';

/** The one message from the window to the frame that opened it; a port comes with it. */
export interface WindowHandshake {
  readonly type: 'corral-window';
}

/** Has the window fetch a model, as it would for itself; the visitor sees it there. */
export interface WindowFetch {
  readonly type: 'fetch';
  readonly modelId: string;
}

export type WindowFetchEvent =
  | { readonly type: 'progress'; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly type: 'fetched' };

export type WindowMessage =
  /** The site that the frame is on, for a person to read. */
  | { readonly type: 'site'; readonly site: string }
  | { readonly type: 'engine'; readonly message: RequestMessage<SharedRequest> }
  | { readonly type: 'download'; readonly message: RequestMessage<WindowFetch> };

export type WindowEvent =
  | { readonly type: 'engine'; readonly message: EventMessage<SharedEvent> | SharedNotice }
  | { readonly type: 'download'; readonly message: EventMessage<WindowFetchEvent> }
  /** The ids of the weights that the window has whole. */
  | { readonly type: 'stored'; readonly weightsIds: readonly string[] };
