// Feeds token ids to a compiled library in the published WebLLM, on a page with nothing else.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { inProject } from '../../scripts/project.mjs';

/** @typedef {{ ids: number[], isPrefill: boolean }} Step Fed one after the other into one KV cache. */

/**
 * @typedef {object} Outcome
 * @property {number[][]} logits For each step, those after its last token.
 * @property {number} loadMs
 * @property {number[]} milliseconds
 * @property {number[]} dispatches Of a step and of the sampling after it.
 * @property {{ features: string[], info: import('./lanes.mjs').Lanes }} adapter
 */

const types = new Map([
  ['.js', 'text/javascript'],
  ['.json', 'application/json'],
  ['.wasm', 'application/wasm'],
]);

/**
 * @param {import('playwright').BrowserContext} context
 * @param {(name: string) => Promise<Buffer>} file Reads a file of the model, or `library.wasm`.
 * @param {readonly Step[]} steps
 * @returns {Promise<Outcome>}
 */
export async function logitsIn(context, file, steps) {
  const server = createServer(async (request, response) => {
    const name = path.basename(request.url ?? '/');
    const read =
      name === 'web-llm.js'
        ? readFile(inProject('node_modules/@mlc-ai/web-llm/lib/index.js'))
        : name === ''
          ? Promise.resolve('<!doctype html><title>verify</title>')
          : file(name);
    const body = await read.catch(() => null);
    if (body === null) return response.writeHead(404).end();
    const type = types.get(path.extname(name)) ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': name === '' ? 'text/html' : type }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const page = await context.newPage();
  try {
    page.on('pageerror', (error) => console.error(error.message));
    await page.goto(`http://localhost:${port}/`);
    return await page.evaluate(run, steps);
  } finally {
    await page.close();
    server.close();
  }
}

/**
 * Runs in the page.
 * @param {readonly Step[]} steps
 * @returns {Promise<Outcome>}
 */
async function run(steps) {
  let dispatched = 0;
  const { dispatchWorkgroups } = GPUComputePassEncoder.prototype;
  /** @param {[number, number?, number?]} size */
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...size) {
    dispatched += 1;
    return dispatchWorkgroups.apply(this, size);
  };
  const { MLCEngine } = await import(/** @type {any} */ ('/web-llm.js'));
  /** @type {number[][]} */
  const logits = [];
  const recorder = {
    processLogits: (/** @type {Float32Array} */ values) => {
      logits.push(Array.from(values));
      return values;
    },
    processSampledToken: () => {},
    resetState: () => {},
  };
  const record = {
    model: `${location.origin}/model`,
    model_id: 'model',
    model_lib: `${location.origin}/library.wasm`,
  };
  const engine = new MLCEngine({
    appConfig: { cacheBackend: 'indexeddb', model_list: [record] },
    logitProcessorRegistry: new Map([['model', recorder]]),
    logLevel: 'ERROR',
  });
  const startMs = performance.now();
  await engine.reload('model');
  const loadMs = Math.round(performance.now() - startMs);
  const milliseconds = [];
  const dispatches = [];
  for (const { ids, isPrefill } of steps) {
    const stepMs = performance.now();
    dispatched = 0;
    await engine.forwardTokensAndSample([...ids], isPrefill);
    milliseconds.push(Math.round(performance.now() - stepMs));
    dispatches.push(dispatched);
  }
  await engine.unload();
  const adapter = await navigator.gpu.requestAdapter();
  const { subgroupMinSize = 0, subgroupMaxSize = 0 } = adapter?.info ?? {};
  return {
    logits,
    loadMs,
    milliseconds,
    dispatches,
    adapter: {
      features: [...(adapter?.features ?? [])].map(String),
      info: { subgroupMinSize, subgroupMaxSize },
    },
  };
}
