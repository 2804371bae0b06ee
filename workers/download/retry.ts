/** Patience with the network: a watchdog for silence, and retries further and further apart. */
import { AppError } from '../../src/protocol/errors';

/** A slow line sends something within this; a dead one never does. */
const stallMs = 30_000;
const firstDelayMs = 500;
const attempts = 5;

/** A signal that is also aborted when nothing `moved` for a while. */
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

/** Runs the work again after a passing fault, up to five times; each wait is about twice the last. */
export async function withRetries<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || attempt === attempts || !isPassing(error)) throw error;
      // The jitter keeps many visitors of a server that came back from asking all at once.
      await pause(firstDelayMs * 2 ** (attempt - 1) * (0.5 + Math.random()), signal);
    }
  }
}

/** A lost connection, a server that is busy; not a missing file, a full disk, or being offline. */
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
