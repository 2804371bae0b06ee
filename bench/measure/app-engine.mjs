// The app's own GPU engine, without the app around it: its built worker, spoken to over its protocol.
import { readdir } from 'node:fs/promises';
import { inProject } from '../../scripts/project.mjs';

/** @returns {Promise<string>} The worker's address on the app's server. */
export async function engineScript() {
  const files = await readdir(inProject('dist', 'assets'));
  const file = files.find((name) => /^engine-webllm\.worker-.*\.js$/.test(name));
  if (file === undefined) throw new Error('the build has no engine worker');
  return `/assets/${file}`;
}

/**
 * Runs in a page on the app's origin; the worker is handed the model's files.
 * @param {{ script: string, folder: string, names: readonly string[], contextTokens: number }} options
 */
export async function loadEngineInPage({ script, folder, names, contextTokens }) {
  const scope = /** @type {any} */ (globalThis);
  const worker = new Worker(script, { type: 'module' });
  const { port1: port, port2 } = new MessageChannel();
  worker.postMessage({ type: 'connect', port: port2, lockName: 'bench' }, [port2]);
  scope.engineRequest = (/** @type {object} */ request) =>
    new Promise((resolve, reject) => {
      const id = Math.random();
      port.onmessage = ({ data }) => {
        if (data.id !== id) return;
        if (data.type === 'failed') reject(new Error(JSON.stringify(data.error)));
        if (data.type === 'loaded' || data.type === 'done') resolve(data);
      };
      port.postMessage({ ...request, id });
    });
  const read = async (/** @type {string} */ name) => [
    name,
    await (await fetch(folder + name)).blob(),
  ];
  const weights = Object.fromEntries(await Promise.all(names.map(read)));
  const model = { engine: 'webllm', modelId: 'bench', contextTokens, weights };
  await scope.engineRequest({ type: 'load', model });
}

/**
 * Runs in the page. The KV cache is emptied first, as WebLLM's own call does.
 * @param {{ prompt: string, params: object }} options
 * @returns {Promise<import('./statistics.mjs').Speed>}
 */
export async function askEngineInPage({ prompt, params }) {
  const { engineRequest } = /** @type {any} */ (globalThis);
  const parts = [{ type: 'control', text: prompt }];
  const owner = `bench ${Math.random()}`;
  const { usage } = await engineRequest({ type: 'generate', owner, prompt: parts, params });
  return {
    prefillTokensPerS: (usage.promptTokens / usage.prefillMs) * 1000,
    decodeTokensPerS: ((usage.completionTokens - 1) / usage.decodeMs) * 1000,
  };
}
