/**
 * The wire format between a frame and the Corral window that runs its engine: engine requests and model
 * downloads.
 */
import type { SharedEvent, SharedNotice, SharedRequest } from './engine';
import type { EventMessage, RequestMessage } from './requests';

/** The one message from the window to the frame that opened it; a port comes with it. */
export interface WindowHandshake {
  readonly type: 'corral-window';
}

/** Asks the window to download a model as it would for itself; the visitor sees the download there. */
export interface WindowFetch {
  readonly type: 'fetch';
  readonly modelId: string;
}

export type WindowFetchEvent =
  | { readonly type: 'progress'; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly type: 'fetched' };

export type WindowMessage =
  /** The origin of the frame's site, shown to the visitor. */
  | { readonly type: 'site'; readonly site: string }
  | { readonly type: 'engine'; readonly message: RequestMessage<SharedRequest> }
  | { readonly type: 'download'; readonly message: RequestMessage<WindowFetch> };

export type WindowEvent =
  | { readonly type: 'engine'; readonly message: EventMessage<SharedEvent> | SharedNotice }
  | { readonly type: 'download'; readonly message: EventMessage<WindowFetchEvent> }
  /** The ids of the weights that the window has stored completely. */
  | { readonly type: 'stored'; readonly weightsIds: readonly string[] };
