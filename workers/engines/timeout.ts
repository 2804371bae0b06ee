/** Bounds a promise that may never settle. */
import { AppError } from '../../src/protocol/errors';

/** Rejects with `engine-timeout` after the time, or with the signal's reason when it is aborted. */
export async function orTimeout<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  const bound = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('engine-timeout', { seconds: ms / 1000 })), ms);
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, bound]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
