/** Says what is measured, and on what. */
import { engines } from '../../core/models/engines';
import { browserName } from '../../core/evaluate/browser-name';
import type { TestSubject } from '../../core/evaluate/run';
import type { Models } from '../models/models.svelte';

/** Facts about the page. */
export interface RunEnvironment {
  readonly userAgent: string;
  readonly appVersion: string;
}

/** Describes the chosen model, which must be loaded. */
export function subjectOf(models: Models, { userAgent, appVersion }: RunEnvironment): TestSubject {
  const { chosen, state, capabilities } = models;
  const { gpu, cores = 1, deviceMemoryGb = null } = capabilities ?? {};
  const isLoaded = state.phase === 'ready';
  return {
    modelId: chosen.id,
    modelName: chosen.name,
    engine: chosen.engine,
    threads: isLoaded ? state.threads : 0,
    contextTokens: isLoaded ? state.contextTokens : chosen.contextTokens,
    adapter: engines[chosen.engine].processor === 'gpu' && gpu?.state === 'ready' ? gpu.name : null,
    cores,
    deviceMemoryGb,
    browser: browserName(userAgent),
    appVersion,
  };
}
