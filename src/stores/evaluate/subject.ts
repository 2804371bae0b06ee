/** Describes what is measured: the model, the device and the browser. */
import { engines } from '../../core/models/engines';
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

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)(?:\.\d+)* (?:Mobile\/\w+ )?Safari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** A browser's readable name and version, such as "Firefox 141, Windows". Unknown user agents stay as they are. */
export function browserName(userAgent: string): string {
  for (const [pattern, name] of browsers) {
    const version = pattern.exec(userAgent)?.[1];
    if (version === undefined) continue;
    const system = systems.find(([one]) => one.test(userAgent))?.[1];
    return system ? `${name} ${version}, ${system}` : `${name} ${version}`;
  }
  return userAgent;
}
