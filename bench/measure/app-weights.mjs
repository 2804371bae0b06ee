// The app's side of `npm run bench -- weights`: its built workers, used from its own page as the app uses them.
import { readdirSync } from 'node:fs';
import { inProject } from '../../scripts/project.mjs';

const modelId = 'synthetic';

/**
 * @param {string} appUrl
 * @param {import('./synthetic-model.mjs').SyntheticModel} model
 * @returns {import('../weights.mjs').Side}
 */
export function appSide(appUrl, model) {
  const folderUrl = new URL(model.path, appUrl).href;
  /** @type {import('../../src/protocol/download').ModelSource} */
  const source = {
    kind: 'mlc',
    modelId,
    folder: folderUrl,
    library: folderUrl + model.library,
    sizeBytes: model.bytes,
    pinned: {},
  };
  /** @type {import('../../src/protocol/engine').EngineModel} */
  const engineModel = { engine: 'webllm', modelId, contextTokens: 512 };
  const download = { script: builtWorker('download'), request: { type: 'download', source } };
  const load = {
    script: builtWorker('engine-webllm'),
    request: { type: 'load', model: engineModel },
  };
  return {
    url: appUrl,
    download: async (page) => (await page.evaluate(askWorker, download)).seconds,
    check: async (page) => {
      const { seconds } = await page.evaluate(askWorker, download);
      return { seconds, found: true };
    },
    load: (page) => page.evaluate(askWorker, load),
  };
}

/** @param {string} name */
function builtWorker(name) {
  const files = readdirSync(inProject('dist', 'assets'));
  const file = files.find((one) => one.startsWith(`${name}.worker-`) && one.endsWith('.js'));
  if (file === undefined) throw new Error(`the build has no ${name} worker`);
  return `assets/${file}`;
}

/**
 * Runs in the page: starts the worker and sends it one request.
 * @param {{ script: string, request: object }} options
 * @returns {Promise<{ seconds: number, weightsSeconds: number }>} Until the request has succeeded, and,
 *   of a load, until half of its progress is done, which is when all weights are on the GPU.
 */
async function askWorker({ script, request }) {
  const startMs = performance.now();
  const worker = new Worker(new URL(script, document.baseURI), { type: 'module' });
  /** @type {Worker | MessagePort} */
  let end = worker;
  if (script.includes('engine')) {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ type: 'connect', port: port2, lockName: 'bench' }, [port2]);
    end = port1;
  }
  const secondsNow = () => (performance.now() - startMs) / 1000;
  let weightsSeconds = NaN;
  await new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    end.onmessage = ({ data }) => {
      if (data.progress?.progress01 === 0.5) weightsSeconds = secondsNow();
      if (data.type === 'stored' || data.type === 'loaded') resolve(null);
      if (data.type === 'failed') reject(new Error(JSON.stringify(data.error)));
    };
    end.postMessage({ ...request, id: 1 });
  });
  return { seconds: secondsNow(), weightsSeconds };
}
