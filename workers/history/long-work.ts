/** Work that reports how far it is, and ends where its signal is aborted. */
export interface LongWork {
  readonly signal: AbortSignal;
  readonly onProgress: (done01: number) => void;
}
