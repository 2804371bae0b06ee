/** Between a frame and the window of Corral that answers for it: an engine's requests, and its models. */
import type { RequestId } from './engine';
import type { ShareEvent, ShareRequest } from './engine-share';
import type { WireError } from './errors';

/** The one message from the window to the frame that opened it; a port comes with it. */
export interface WindowHello {
  readonly type: 'corral-window';
}

export type WindowRequest =
  /** The site that the frame is on, for a person to read. */
  | { readonly type: 'site'; readonly site: string }
  | { readonly type: 'engine'; readonly request: ShareRequest }
  /** Has the window fetch a model, as it would for itself; the visitor sees it there. */
  | { readonly type: 'fetch'; readonly requestId: RequestId; readonly modelId: string }
  | { readonly type: 'cancel'; readonly requestId: RequestId };

export type WindowEvent =
  | { readonly type: 'engine'; readonly event: ShareEvent }
  /** The ids of the weights that the window has whole. */
  | { readonly type: 'stored'; readonly weightsIds: readonly string[] }
  | {
      readonly type: 'fetch-progress';
      readonly requestId: RequestId;
      readonly receivedBytes: number;
      readonly totalBytes: number;
    }
  | { readonly type: 'fetched'; readonly requestId: RequestId }
  | { readonly type: 'fetch-failed'; readonly requestId: RequestId; readonly error: WireError };
