/**
 * Starts every worker of the app. Vite finds a worker's script only in this exact form, so each call is written out.
 */

const spawns = {
  wllama: () =>
    new Worker(new URL('../../workers/engine-wllama.worker.ts', import.meta.url), {
      type: 'module',
    }),
  webllm: () =>
    new Worker(new URL('../../workers/engine-webllm.worker.ts', import.meta.url), {
      type: 'module',
    }),
  download: () =>
    new Worker(new URL('../../workers/download.worker.ts', import.meta.url), { type: 'module' }),
  fetch: () =>
    new Worker(new URL('../../workers/fetch.worker.ts', import.meta.url), { type: 'module' }),
  history: () =>
    new Worker(new URL('../../workers/history.worker.ts', import.meta.url), { type: 'module' }),
  pattern: () =>
    new Worker(new URL('../../workers/pattern.worker.ts', import.meta.url), { type: 'module' }),
  documents: () =>
    new Worker(new URL('../../workers/documents.worker.ts', import.meta.url), { type: 'module' }),
  typeset: () =>
    new Worker(new URL('../../workers/typeset.worker.ts', import.meta.url), { type: 'module' }),
};

export type WorkerName = keyof typeof spawns;
export type SpawnWorker = (name: WorkerName) => Worker;

export const spawnWorker: SpawnWorker = (name) => spawns[name]();
