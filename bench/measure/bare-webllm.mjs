// WebLLM alone, on a bare page: MLCEngine with its own IndexedDB cache and its own completion loop.
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
    load: () => page.evaluate(loadInPage),
    /** @returns {Promise<import('./statistics.mjs').Speed & { text: string }>} */
    run: (/** @type {string} */ question) =>
      page.evaluate(runInPage, `<s>[INST] ${question} [/INST]`),
    close,
  };
}

/** Runs in the page; unloads first what is loaded. */
async function loadInPage() {
  const scope = /** @type {any} */ (globalThis);
  const { MLCEngine } = await import(/** @type {any} */ ('/web-llm.js'));
  await scope.engine?.unload();
  const folder = `${location.origin}/cria/resolve/main/`;
  scope.engine = new MLCEngine({
    appConfig: {
      cacheBackend: 'indexeddb',
      model_list: [{ model: folder, model_id: 'cria', model_lib: `${folder}cria.wasm` }],
    },
    logLevel: 'SILENT',
  });
  const startMs = performance.now();
  await scope.engine.reload('cria');
  return (performance.now() - startMs) / 1000;
}

/**
 * Runs in the page.
 * @param {string} prompt
 */
async function runInPage(prompt) {
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
    max_tokens: 48,
    temperature: 0,
    top_p: 0.9,
  });
  for await (const { choices, usage } of stream) {
    if (choices[0]?.text) {
      times.push(performance.now());
      text += choices[0].text;
    }
    if (usage) promptTokens = usage.prompt_tokens;
  }
  const [firstMs = NaN] = times;
  const lastMs = times.at(-1) ?? NaN;
  return {
    text,
    prefillTokensPerS: promptTokens / ((firstMs - startMs) / 1000),
    decodeTokensPerS: (times.length - 1) / ((lastMs - firstMs) / 1000),
  };
}
