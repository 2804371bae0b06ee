// What the dialogue of models says about the CPU engine's threads.
import { availableParallelism } from 'node:os';
import { certainCores, cpuThreads } from '../../src/core/models/choose-engine.ts';
import { models } from '../../src/i18n/en/models.ts';

/** On this machine, in a browser that reports the exact number of cores or not. */
export function threadsText(isExact: boolean): string {
  const cores = certainCores(availableParallelism(), isExact);
  return models.reasons['cpu-threads'](cpuThreads({ sharedMemory: true, cores }));
}
