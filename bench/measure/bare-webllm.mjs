// WebLLM alone on a bare page: MLCEngine with its own IndexedDB cache and completion loop.
import { inProject } from '../../scripts/project.mjs';
import { readCriaManifest } from '../../scripts/set-up/cria.mjs';
import { openBarePage } from './bare-page.mjs';

/** @param {import('playwright').BrowserContext} context */
export async function openBareWebLlm(context) {
  const { files: names } = await readCriaManifest();
  const model = names.map(({ name }) => [
    `/cria/resolve/main/${name}`,
    {
      file: inProject('test', 'fixtures', 'cria', name),
      type: name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream',
    },
  ]);
  const webLlm = inProject('node_modules', '@mlc-ai', 'web-llm', 'lib', 'index.js');
  const files = {
    ...Object.fromEntries(model),
    '/web-llm.js': { file: webLlm, type: 'text/javascript' },
  };
  const { page, close } = await openBarePage(context, { files, isolated: false });
  return {
    /** @returns {Promise<number>} Seconds. */
    load: () => page.evaluate(loadInPage, criaAddresses),
    run: (/** @type {string} */ question) =>
      page.evaluate(runInPage, {
        prompt: `<s>[INST] ${question} [/INST]`,
        params: { max_tokens: 48, temperature: 0, top_p: 0.9 },
      }),
    close,
  };
}

const criaAddresses = {
  script: '/web-llm.js',
  folder: '/cria/resolve/main/',
  library: '/cria/resolve/main/cria.wasm',
};

/**
 * Runs in the page; first unloads a loaded model.
 * @param {typeof criaAddresses} addresses All on the page's own origin.
 * @returns {Promise<number>} Seconds.
 */
export async function loadInPage({ script, folder, library }) {
  const scope = /** @type {any} */ (globalThis);
  const { MLCEngine } = await import(/** @type {any} */ (script));
  await scope.engine?.unload();
  const record = { model: location.origin + folder, model_lib: location.origin + library };
  scope.engine = new MLCEngine({
    appConfig: { cacheBackend: 'indexeddb', model_list: [{ ...record, model_id: 'bare' }] },
    logLevel: 'SILENT',
  });
  const startMs = performance.now();
  await scope.engine.reload('bare');
  return (performance.now() - startMs) / 1000;
}

/**
 * Runs in the page.
 * @param {{ prompt: string, params: Record<string, number> }} options `params` in WebLLM's form.
 * @returns {Promise<import('./statistics.mjs').Speed & { text: string, promptTokens: number }>}
 */
export async function runInPage({ prompt, params }) {
  const { engine } = /** @type {any} */ (globalThis);
  /** @type {number[]} */
  const times = [];
  let text = '';
  let promptTokens = NaN;
  const startMs = performance.now();
  const stream = await engine.completions.create({
    prompt,
    stream: true,
    stream_options: { include_usage: true },
    ...params,
  });
  for await (const { choices, usage } of stream) {
    // One chunk a token, some of them without text; the last chunk has no token.
    if (choices[0]?.finish_reason === null) {
      times.push(performance.now());
      text += choices[0].text;
    }
    if (usage) promptTokens = usage.prompt_tokens;
  }
  const [firstMs = NaN] = times;
  const lastMs = times.at(-1) ?? NaN;
  return {
    text,
    promptTokens,
    prefillTokensPerS: promptTokens / ((firstMs - startMs) / 1000),
    decodeTokensPerS: (times.length - 1) / ((lastMs - firstMs) / 1000),
  };
}
