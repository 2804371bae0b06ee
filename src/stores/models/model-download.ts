/** A pausable download of one model that reports its state. */
import { transferRate } from '../../core/models/transfer-rate';
import type { Downloads } from '../../bridge/download-client';
import type { ModelSource } from '../../protocol/download';
import type { ModelState } from './models-options';

/** `run` resolves when the model is stored, and rejects with an AppError. */
export function modelDownload(
  downloads: Downloads,
  source: ModelSource,
  onState: (state: ModelState) => void,
): Pausable {
  let received = { receivedBytes: 0, totalBytes: source.sizeBytes };
  const attempt = (signal: AbortSignal) => {
    const rate = transferRate();
    onState({ phase: 'downloading', ...received, bytesPerSecond: 0 });
    return downloads.download(source, {
      signal,
      onProgress: (receivedBytes, totalBytes) => {
        if (signal.aborted) return;
        received = { receivedBytes, totalBytes };
        const speed = rate.add(receivedBytes, totalBytes, performance.now());
        onState({ phase: 'downloading', ...received, ...speed });
      },
    });
  };
  return new Pausable(attempt, () => onState({ phase: 'paused', ...received }));
}

/** Work that keeps its progress when it is aborted, and so can be paused. */
export class Pausable {
  readonly #work: (signal: AbortSignal) => Promise<void>;
  readonly #onPaused: () => void;
  #attempt = new AbortController();
  #resume: () => void = () => {};

  constructor(work: (signal: AbortSignal) => Promise<void>, onPaused: () => void) {
    this.#work = work;
    this.#onPaused = onPaused;
  }

  /** Resolves with the work; rejects with the signal's reason, also while paused. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      const attempt = new AbortController();
      this.#attempt = attempt;
      try {
        return await this.#work(AbortSignal.any([signal, attempt.signal]));
      } catch (error) {
        if (signal.aborted || !attempt.signal.aborted) throw error;
      }
      this.#onPaused();
      await this.#resumed(signal);
    }
  }

  pause(): void {
    this.#attempt.abort();
  }

  resume(): void {
    this.#resume();
  }

  #resumed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#resume = resolve;
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  }
}
