/** Work that reports its progress and ends when its signal is aborted. */
export interface LongWork {
  readonly signal: AbortSignal;
  readonly onProgress: (done01: number) => void;
}
