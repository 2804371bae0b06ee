/** The wire format between a page and the download worker, which fetches and verifies weights. */
import type { WireError } from './errors';

export interface WeightsFile {
  readonly modelId: string;
  readonly name: string;
  readonly url: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** The file's first bytes as text, checked before anything is stored: `GGUF`. */
  readonly magic: string;
}

export type DownloadRequest =
  | { readonly type: 'download'; readonly requestId: number; readonly file: WeightsFile }
  /** Ends the download; what has arrived is kept and the next one goes on from there. */
  | { readonly type: 'cancel'; readonly requestId: number };

export type DownloadEvent =
  | {
      readonly type: 'progress';
      readonly requestId: number;
      readonly receivedBytes: number;
      readonly totalBytes: number;
    }
  | { readonly type: 'stored'; readonly requestId: number }
  | { readonly type: 'failed'; readonly requestId: number; readonly error: WireError };
