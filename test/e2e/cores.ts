/** How many processor cores a page is told of. */
import { availableParallelism, cpus } from 'node:os';
import type { BrowserContext } from 'playwright/test';

/**
 * Chromium counts the machine's cores, also those that this process may not use (`taskset`): threads of the
 * engine that wait for each other on one core take many times as long.
 */
export async function tellCores(context: BrowserContext): Promise<void> {
  const cores = availableParallelism();
  if (cores >= cpus().length) return;
  await context.addInitScript((count) => {
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
  }, cores);
}
