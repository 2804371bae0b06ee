// What the dialog of models says about the CPU engine's threads.
import { certainCores, cpuThreads } from '../../src/core/models/choose-engine.ts';
import { models } from '../../src/i18n/en/models.ts';
import { type Cores, countOf } from './cores.ts';

/** In a browser that reports the exact number of cores or not. */
export function threadsText(told: Cores, isExact: boolean): string {
  const cores = certainCores(countOf(told), isExact);
  return models.reasons['cpu-threads'](cpuThreads({ sharedMemory: true, cores }));
}
