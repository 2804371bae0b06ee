/** Matches a visitor's regular expression in a worker: on the page, a bad one could block it for ever. */
import { AppError } from '../protocol/errors';
import type { PatternEvent, PatternRequest } from '../protocol/pattern';
import { missingScript, WorkerRequests } from './requests';
import { spawnWorker } from './spawn';

/** Far more than a sensible pattern needs for an answer, including the start of the worker. */
const timeoutMs = 1500;

/** Null after a timeout. */
export async function matchPattern(pattern: Omit<PatternRequest, 'type'>): Promise<boolean | null> {
  const requests = new WorkerRequests<PatternRequest, PatternEvent>(spawnWorker('pattern'), {
    lastEvents: ['matched'],
    failure: missingScript,
  });
  const timer = setTimeout(() => requests.end(new AppError('unknown')), timeoutMs);
  try {
    return (await requests.ask({ type: 'match', ...pattern })).matches;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    requests.end();
  }
}
