// Feeds token ids to a compiled library in the real WebLLM, in headless Chromium, on the WebGPU adapter that
// CORRAL_WEBGPU names.
//   node browser.mjs MODEL_FOLDER LIBRARY.wasm STEPS.json LOGITS.bin
// STEPS.json is a list of { ids, isPrefill }, fed one after the other into one KV cache; LOGITS.bin
// gets, for each step, the logits after its last token: float32, vocabulary size a step.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { chromiumOptions } from '../../scripts/chromium-options.mjs';
import { inProject } from '../../scripts/project.mjs';
import { provideBrowser } from '../../scripts/set-up/browser.mjs';

const [modelFolder = '', library = '', stepsFile = '', logitsFile = ''] = process.argv.slice(2);
if (logitsFile === '') {
  throw new Error('Usage: node browser.mjs MODEL_FOLDER LIBRARY.wasm STEPS.json LOGITS.bin');
}

/** @param {string} address */
function fileFor(address) {
  if (address === '/web-llm.js') return inProject('node_modules/@mlc-ai/web-llm/lib/index.js');
  if (address === '/library.wasm') return library;
  const prefix = '/model/resolve/main/';
  return address.startsWith(prefix)
    ? path.join(modelFolder, path.basename(address.slice(prefix.length)))
    : null;
}

const types = new Map([
  ['.js', 'text/javascript'],
  ['.json', 'application/json'],
  ['.wasm', 'application/wasm'],
]);

const server = createServer(async (request, response) => {
  const address = request.url ?? '/';
  const file = fileFor(address);
  const body = file === null ? null : await readFile(file).catch(() => null);
  if (address !== '/' && body === null) return response.writeHead(404).end();
  const type =
    types.get(path.extname(file ?? '')) ?? (file ? 'application/octet-stream' : 'text/html');
  response
    .writeHead(200, { 'Content-Type': type })
    .end(body ?? '<!doctype html><title>verify</title>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
const port = /** @type {import('node:net').AddressInfo} */ (server.address()).port;

const { executablePath } = await provideBrowser();
// On the disk: what has no profile keeps IndexedDB in memory, where a model of true size finds no room.
const profile = await mkdtemp(path.join(tmpdir(), 'corral-verify-'));
const options = chromiumOptions({ executablePath, webGpu: true });
const browser = await chromium.launchPersistentContext(profile, options);
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(`http://localhost:${port}/`);
  const steps = JSON.parse(await readFile(stepsFile, 'utf8'));
  const { logits, loadMs, milliseconds } = await page.evaluate(run, steps);
  await writeFile(logitsFile, Buffer.from(new Float32Array(logits.flat()).buffer));
  console.log(JSON.stringify({ loadMs, milliseconds }));
} finally {
  await browser.close();
  server.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Runs in the page.
 * @param {{ ids: number[], isPrefill: boolean }[]} steps
 */
async function run(steps) {
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
  for (const { ids, isPrefill } of steps) {
    const stepMs = performance.now();
    await engine.forwardTokensAndSample(ids, isPrefill);
    milliseconds.push(Math.round(performance.now() - stepMs));
  }
  return { logits, loadMs, milliseconds };
}
