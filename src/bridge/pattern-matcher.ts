/** Matches a visitor's regular expression in a worker: on the page a bad one could stand still for ever. */
import type { PatternRequest } from '../protocol/pattern';
import { spawnWorker } from './spawn';

/** Far more than any sensible pattern takes for an answer, start of the worker included. */
const timeoutMs = 1500;

/** Null if there was no answer in time. */
export async function matchPattern(request: PatternRequest): Promise<boolean | null> {
  const worker = spawnWorker('pattern');
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<boolean | null>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data);
      worker.onerror = () => resolve(null);
      timer = setTimeout(() => resolve(null), timeoutMs);
      worker.postMessage(request);
    });
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}
