/** The page's side of workers, loaded with their first use: a visitor can type without it. */
import { engineHolderLock } from '../protocol/engine';
import { AppError } from '../protocol/errors';
import type { Downloads, Fetched } from './download-client';
import type { EngineClient, ModelEngine } from './engine-client';
import type { EngineOptions } from './make-engine';

/** Rejects with an AppError if the app's own file cannot be fetched. */
export function loaded<T>(parts: Promise<T>): Promise<T> {
  return parts.catch((cause: unknown) => {
    throw new AppError(navigator.onLine ? 'engine-file-missing' : 'offline', {}, { cause });
  });
}

export interface LazyEngine extends ModelEngine {
  /** If another tab holds an engine, finds out which model is loaded there. */
  discover(): Promise<void>;
}

export function lazyEngine(options: EngineOptions): LazyEngine {
  let client: EngineClient | null = null;
  /** There is no engine before the first load, and so no model. */
  const made = () => {
    if (!client) throw new AppError('model-not-loaded');
    return client;
  };
  const make = async () => {
    const { makeEngine } = await loaded(import('./make-engine'));
    return (client ??= makeEngine(options));
  };
  return {
    load: async (...args) => (await make()).load(...args),
    generate: async function* (...args) {
      yield* made().generate(...args);
    },
    countTokens: async (...args) => made().countTokens(...args),
    choiceProbabilities: async (...args) => made().choiceProbabilities(...args),
    unload: async () => client?.unload(),
    adopt: (model) => client?.adopt(model) ?? null,
    discover: async () => {
      const { held = [] } = (await navigator.locks?.query()) ?? {};
      if (held.some(({ name }) => name === engineHolderLock())) await (await make()).connect();
    },
  };
}

export function lazyDownloads(onFetched: (fetched: Fetched) => void): Downloads {
  const client = async () => {
    const { DownloadClient } = await loaded(import('./download-client'));
    return new DownloadClient(onFetched);
  };
  return {
    download: async (...args) => (await client()).download(...args),
    inspect: async (...args) => (await client()).inspect(...args),
    list: async (...args) => (await client()).list(...args),
    discard: async (...args) => (await client()).discard(...args),
    verify: async (...args) => (await client()).verify(...args),
  };
}
