// wllama alone on a bare page.
import { inProject } from '../../scripts/project.mjs';
import { builtInModelFile } from '../../scripts/set-up/built-in-model-file.mjs';
import { openBarePage } from './bare-page.mjs';

const wllama = inProject('node_modules', '@wllama', 'wllama', 'esm');

/** @type {import('./bare-page.mjs').Files} */
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
export async function openBareWllama(context, { isolated }) {
  const { page, close } = await openBarePage(context, { files, isolated });
  return {
    /** With wllama's defaults, unless settings say otherwise. */
    load: (/** @type {number} */ threads, settings = {}) =>
      page.evaluate(loadInPage, { n_ctx: 2048, n_threads: threads, ...settings }),
    run: (/** @type {string} */ prompt, /** @type {number} */ answerTokens) =>
      page.evaluate(runInPage, { prompt, answerTokens }),
    close,
  };
}

/** Runs in the page. @param {Record<string, unknown>} config */
export async function loadInPage(config) {
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
  // Like the app, wllama keeps the common beginning with the prompt before: the system text.
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
