/** The page's side of workers, loaded with the first work for them: nobody needs it in order to type. */
import { AppError } from '../protocol/errors';
import type { EngineClient, EngineClientOptions, ModelEngine } from './client';
import type { Downloads, Fetched } from './download-client';

/** Rejects with an AppError where the app's own file cannot be had. */
export function loaded<T>(parts: Promise<T>): Promise<T> {
  return parts.catch((cause: unknown) => {
    throw new AppError(navigator.onLine ? 'engine-file-missing' : 'offline', {}, { cause });
  });
}

export function laterEngine(options: Omit<EngineClientOptions, 'spawn'>): ModelEngine {
  let client: EngineClient | null = null;
  /** Before the first load there is none, and so no model either. */
  const made = () => {
    if (!client) throw new AppError('model-not-loaded');
    return client;
  };
  return {
    load: async (...args) => {
      const [engine, workers] = await loaded(
        Promise.all([import('./client'), import('./workers')]),
      );
      client ??= new engine.EngineClient({ ...options, spawn: workers.spawnEngine });
      return client.load(...args);
    },
    generate: async function* (...args) {
      yield* made().generate(...args);
    },
    countTokens: async (...args) => made().countTokens(...args),
    weigh: async (...args) => made().weigh(...args),
    unload: async () => client?.unload(),
  };
}

export function laterDownloads(onFetched: (fetched: Fetched) => void): Downloads {
  const client = async () => {
    const { DownloadClient, downloadWorkers } = await loaded(import('./download-client'));
    return new DownloadClient(downloadWorkers, onFetched);
  };
  return {
    download: async (...args) => (await client()).download(...args),
    inspect: async (...args) => (await client()).inspect(...args),
    discard: async (...args) => (await client()).discard(...args),
    verify: async (...args) => (await client()).verify(...args),
  };
}
