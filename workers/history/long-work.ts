/** Work that reports its progress and ends when its signal is aborted. */
export interface LongWork {
  readonly signal: AbortSignal;
  readonly onProgress: (progress01: number) => void;
}
