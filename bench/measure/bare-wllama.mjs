// A page with nothing on it but wllama: what the engine does without the app around it.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { inProject } from '../../scripts/project.mjs';
import { builtInModelFile } from '../../scripts/set-up/built-in-model-file.mjs';

const wllama = inProject('node_modules', '@wllama', 'wllama', 'esm');

/** @type {Record<string, { file: string, type: string }>} */
const files = {
  '/wllama.js': { file: `${wllama}/index.js`, type: 'text/javascript' },
  '/one.wasm': { file: `${wllama}/single-thread/wllama.wasm`, type: 'application/wasm' },
  '/many.wasm': { file: `${wllama}/multi-thread/wllama.wasm`, type: 'application/wasm' },
  '/model.gguf': {
    file: inProject('public', 'models', builtInModelFile.name),
    type: 'application/octet-stream',
  },
};

/**
 * @param {import('playwright').BrowserContext} context
 * @param {{ isolated: boolean }} options
 */
export async function openBarePage(context, { isolated }) {
  const headers = isolated
    ? {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      }
    : {};
  const server = createServer(async (request, response) => {
    const known = files[request.url ?? ''];
    const body = known ? await readFile(known.file) : '<!doctype html><title>bare</title>';
    response.writeHead(200, { 'Content-Type': known?.type ?? 'text/html', ...headers });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const page = await context.newPage();
  await page.goto(`http://localhost:${address.port}/`);
  return {
    /** With wllama's defaults, unless settings say otherwise. */
    load: (/** @type {number} */ threads, settings = {}) =>
      page.evaluate(loadInPage, { n_ctx: 2048, n_threads: threads, ...settings }),
    run: (/** @type {string} */ prompt, /** @type {number} */ answerTokens) =>
      page.evaluate(runInPage, { prompt, answerTokens }),
    close: async () => {
      await page.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Runs in the page. @param {Record<string, unknown>} config */
async function loadInPage(config) {
  const scope = /** @type {any} */ (globalThis);
  const { Wllama } = await import(/** @type {any} */ ('/wllama.js'));
  scope.engine = new Wllama(
    { 'single-thread/wllama.wasm': '/one.wasm', 'multi-thread/wllama.wasm': '/many.wasm' },
    { suppressNativeLog: true },
  );
  const blob = await (await fetch('/model.gguf')).blob();
  await scope.engine.loadModel([blob], config);
}

/**
 * Runs in the page, with wllama's own completion loop and its defaults.
 * @param {{ prompt: string, answerTokens: number }} options
 * @returns {Promise<import('./statistics.mjs').Speed>}
 */
async function runInPage({ prompt, answerTokens }) {
  const scope = /** @type {any} */ (globalThis);
  const { engine } = scope;
  /** @type {number[]} */
  const times = [];
  /** @type {number[]} */
  const tokens = await engine.tokenize(prompt, true);
  // As the app does, wllama keeps what a prompt shares with the one before: the system text.
  const kept = tokens.findIndex((token, at) => token !== scope.before?.[at]);
  scope.before = tokens;
  const startMs = performance.now();
  await engine.createCompletion(prompt, {
    nPredict: answerTokens,
    useCache: true,
    sampling: { temp: 0, penalty_repeat: 1.1, penalty_last_n: 64 },
    onNewToken: () => times.push(performance.now()),
  });
  const [firstMs = NaN] = times;
  const lastMs = times.at(-1) ?? NaN;
  return {
    prefillTokensPerS: (tokens.length - kept) / ((firstMs - startMs) / 1000),
    decodeTokensPerS: (times.length - 1) / ((lastMs - firstMs) / 1000),
  };
}
