/** Starts the workers that engines and downloads run in. Vite finds workers by this very form. */
import type { EngineId } from '../protocol/engine';

export function spawnEngine(engine: EngineId): Worker {
  return engine === 'webllm'
    ? new Worker(new URL('../../workers/engine-webllm.worker.ts', import.meta.url), {
        type: 'module',
      })
    : new Worker(new URL('../../workers/engine-wllama.worker.ts', import.meta.url), {
        type: 'module',
      });
}

export function spawnDownloads(): Worker {
  return new Worker(new URL('../../workers/download.worker.ts', import.meta.url), {
    type: 'module',
  });
}
