/**
 * How many workers the test runner has, and how many cores each tells its browsers that the machine has: an engine takes
 * as many threads. No worker is bound to a core: bound ones took a sixth longer, since one core was idle while two
 * workers waited for the other.
 */
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { BrowserContext } from 'playwright/test';

/**
 * A test waits a part of its time for an effect: three keep two cores busy. Four took as long and a fiftieth more of the
 * processor, since each worker has browsers and loaded models of its own.
 */
const workersPerCore = 1.5;

/** A browser with a model takes one GB, a worker and the rest of the system another. */
const maxWorkers = Math.max(1, Math.min(4, Math.floor(totalmem() / 2e9)));

/** Those that the run may use. */
const allCores = availableParallelism();

export const workerCount = Math.min(Math.ceil(allCores * workersPerCore), maxWorkers);

export const coresOfWorker = Math.max(1, Math.floor(allCores / workerCount));

/** Of a worker beside others, or of one that has the machine. */
export type Cores = 'own' | 'all';

export const countOf = (cores: Cores) => (cores === 'all' ? allCores : coresOfWorker);

/** Chromium also counts cores that it may not use. */
export async function tellCores(context: BrowserContext, cores: Cores = 'own'): Promise<void> {
  const count = countOf(cores);
  if (count >= cpus().length) return;
  await context.addInitScript((count) => {
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
  }, count);
}
