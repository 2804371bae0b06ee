/**
 * Which processor cores a worker of the test runner uses. Threads of one engine that share a core wait for each other
 * by spinning, which makes an answer many times slower; so an engine has no more threads than its worker has cores.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import process from 'node:process';
import type { BrowserContext } from 'playwright/test';

/** A test waits half of its time for an effect, so two keep a core busy. Three were slower. */
const workersPerCore = 2;

/** A browser with a model takes one GB, a worker and the rest of the system another. */
const maxWorkers = Math.max(1, Math.min(4, Math.floor(totalmem() / 2e9)));

/** The cores that the run may use; the main process tells them to its workers. */
const cores = (process.env['CORRAL_TEST_CORES'] ??= allowedCores().join()).split(',');

export const workerCount = Math.min(cores.length * workersPerCore, maxWorkers);

export const coresOfWorker = Math.max(1, Math.floor(cores.length / workerCount));

/** Limits this process and its children to their worker's cores, or to all. Only Linux can do that. */
export function keepToCores(which: 'own' | 'all', parallelIndex: number): void {
  if (process.platform !== 'linux') return;
  const first = (parallelIndex * coresOfWorker) % cores.length;
  const own = which === 'all' ? cores : cores.slice(first, first + coresOfWorker);
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', own.join(), `${process.pid}`]);
}

/** Chromium also counts cores that it may not use. */
export async function tellCores(context: BrowserContext): Promise<void> {
  const count = availableParallelism();
  if (count >= cpus().length) return;
  await context.addInitScript((count) => {
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
  }, count);
}

function allowedCores(): number[] {
  const all = Array.from({ length: availableParallelism() }, (_, index) => index);
  if (process.platform !== 'linux') return all;
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return list?.split(',').flatMap(rangeOf) ?? all;
}

/** Parses `2` or `4-7`. */
function rangeOf(range: string): number[] {
  const [first = 0, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
