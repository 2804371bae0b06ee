/** Detects stalled connections, and retries with growing delays. */
import { AppError } from '../../src/protocol/errors';

/** A slow connection sends something within this time; a dead one never does. */
const stallMs = 30_000;
const firstDelayMs = 500;
const attempts = 5;

/** A signal that is also aborted if `moved` is not called for this long. */
export function stallWatch(signal: AbortSignal, limitMs = stallMs) {
  const stalled = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(new AppError('download-failed')), limitMs);
  };
  restart();
  return {
    signal: AbortSignal.any([signal, stalled.signal]),
    moved: restart,
    end: () => clearTimeout(timer),
  };
}

/** Repeats the work after temporary errors, up to five times; each delay is about twice the last. */
export async function withRetries<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || attempt === attempts || !isPassing(error)) throw error;
      // Jitter keeps many visitors from asking a recovered server all at once.
      await pause(firstDelayMs * 2 ** (attempt - 1) * (0.5 + Math.random()), signal);
    }
  }
}

/** True for a lost connection or a busy server; false for a missing file, a full disk, or being offline. */
function isPassing(error: unknown): boolean {
  if (!navigator.onLine) return false;
  if (!AppError.isInstance(error)) return false;
  if (error.code === 'download-incomplete') return true;
  const { status } = error.data;
  const isBusy = status === undefined || status === 429 || Number(status) >= 500;
  return error.code === 'download-failed' && isBusy;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
