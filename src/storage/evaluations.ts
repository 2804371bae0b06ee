/**
 * The layout of evaluations in IndexedDB. Every record except the rows has a schema version, which its reader checks.
 *
 * - `run:id` → Run
 * - `outcome:id:task` → Outcome of one of its tasks, written as soon as it is there
 * - `rows:id` → the rows of the file that the run is of
 * - `speed:id` → SpeedReport
 * - `vote:id` → Vote
 */
import { clear, createStore, del, get, promisifyRequest, set } from 'idb-keyval';
import type { Vote } from '../core/evaluate/arena';
import type { Row } from '../core/evaluate/json-lines';
import type { Run } from '../core/evaluate/run';
import type { SpeedReport } from '../core/evaluate/speed';
import type { Outcome } from '../core/evaluate/task';

const records = createStore('corral-evaluations', 'records');

/** All keys with this prefix; `;` is the character after `:`. */
const rangeOf = (prefix: string) => IDBKeyRange.bound(`${prefix}:`, `${prefix};`, true, true);

function valuesOf(prefix: string): Promise<readonly unknown[]> {
  return records('readonly', (store) => promisifyRequest(store.getAll(rangeOf(prefix))));
}

export function loadRuns(): Promise<readonly unknown[]> {
  return valuesOf('run');
}

export function saveRun(run: Run): Promise<void> {
  return set(`run:${run.id}`, run, records);
}

/** The outcomes of a run, in any order. */
export function loadOutcomes(runId: string): Promise<readonly unknown[]> {
  return valuesOf(`outcome:${runId}`);
}

/** Saves the outcome and the run in one transaction: a reload finds both or neither. */
export function saveOutcome(run: Run, outcome: Outcome): Promise<void> {
  return records('readwrite', (store) => {
    store.put(run, `run:${run.id}`);
    store.put(outcome, `outcome:${run.id}:${outcome.taskId}`);
    return promisifyRequest(store.transaction);
  });
}

export async function loadRows(runId: string): Promise<readonly Row[]> {
  return (await get<readonly Row[]>(`rows:${runId}`, records)) ?? [];
}

export function saveRows(runId: string, rows: readonly Row[]): Promise<void> {
  return set(`rows:${runId}`, rows, records);
}

export function deleteRun(runId: string): Promise<void> {
  return records('readwrite', (store) => {
    store.delete(`run:${runId}`);
    store.delete(`rows:${runId}`);
    store.delete(rangeOf(`outcome:${runId}`));
    return promisifyRequest(store.transaction);
  });
}

export function loadSpeedReports(): Promise<readonly unknown[]> {
  return valuesOf('speed');
}

export function saveSpeedReport(report: SpeedReport): Promise<void> {
  return set(`speed:${report.id}`, report, records);
}

export function deleteSpeedReport(id: string): Promise<void> {
  return del(`speed:${id}`, records);
}

export function loadVotes(): Promise<readonly unknown[]> {
  return valuesOf('vote');
}

export function saveVote(vote: Vote): Promise<void> {
  return set(`vote:${vote.id}`, vote, records);
}

export function deleteVotes(): Promise<void> {
  return records('readwrite', (store) => {
    store.delete(rangeOf('vote'));
    return promisifyRequest(store.transaction);
  });
}

export function clearEvaluations(): Promise<void> {
  return clear(records);
}
