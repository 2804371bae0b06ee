/** Bounds promises that may never settle. */
import { AppError } from '../src/protocol/errors';

/** Rejects with the signal's reason as soon as it is aborted, even if the work never ends. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const bound = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, bound]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Rejects with `engine-timeout` after the time, or with the signal's reason when it is aborted. */
export async function orTimeout<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new AppError('engine-timeout', { seconds: ms / 1000 })),
    ms,
  );
  try {
    return await orAborted(work, AbortSignal.any([timeout.signal, signal]));
  } finally {
    clearTimeout(timer);
  }
}
