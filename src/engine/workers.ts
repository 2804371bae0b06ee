/** Starts the workers that engines run in. Vite finds workers by this very form. */
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
