// WebLLM's side of `npm run bench -- weights`: the published package on an empty page, with its own downloads
// and IndexedDB cache.
import { readFile } from 'node:fs/promises';
import { inProject } from '../../scripts/project.mjs';

export const barePage = { path: '/bare.html', script: '/web-llm.js' };
/** The script is loaded before any clock starts: it would be a large part of a small model's times. */
const bare = `<!doctype html><title>bare</title><script type="module" src="${barePage.script}"></script>`;

/** @returns {Promise<import('vite').Plugin>} Serves the page and the package. */
export async function barePagePlugin() {
  const webLlm = await readFile(inProject('node_modules', '@mlc-ai', 'web-llm', 'lib', 'index.js'));
  return {
    name: 'bare-webllm',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url !== barePage.path && request.url !== barePage.script) return next();
        const isPage = request.url === barePage.path;
        response.setHeader('Content-Type', isPage ? 'text/html' : 'text/javascript');
        response.end(isPage ? bare : webLlm);
      });
    },
  };
}

/**
 * @param {string} serverUrl
 * @param {import('./synthetic-model.mjs').SyntheticModel} model
 * @returns {import('../weights.mjs').Side}
 */
export function webLlmSide(serverUrl, model) {
  const folder = new URL(model.path, serverUrl).href;
  const options = {
    script: barePage.script,
    lastShard: folder + model.lastShard,
    appConfig: {
      cacheBackend: 'indexeddb',
      model_list: [{ model: folder, model_id: 'synthetic', model_lib: folder + model.library }],
    },
  };
  return {
    url: new URL(barePage.path, serverUrl).href,
    download: (page) => page.evaluate(downloadInPage, options),
    check: (page) => page.evaluate(checkInPage, options),
    load: (page) => page.evaluate(loadInPage, options),
  };
}

/** @typedef {{ script: string, lastShard: string, appConfig: object }} Options */

/**
 * Runs in the page. WebLLM has no function that only downloads, so a load is aborted after the last shard; the
 * clock runs from the first shard to the last one's commit.
 * @param {Options} options
 * @returns {Promise<number>} Seconds.
 */
async function downloadInPage({ script, lastShard, appConfig }) {
  const { MLCEngine } = await import(script);
  let startMs = NaN;
  let isFetched = false;
  const initProgressCallback = (/** @type {{ progress: number, text: string }} */ report) => {
    if (report.text === 'Start to fetch params') startMs = performance.now();
    if (!report.text.startsWith('Fetching param cache') || report.progress < 1) return;
    isFetched = true;
    throw new Error('fetched');
  };
  const engine = new MLCEngine({ appConfig, initProgressCallback, logLevel: 'SILENT' });
  try {
    await engine.reload('synthetic');
  } catch (error) {
    if (!isFetched) throw error;
  }
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open('webllm/model');
    opening.onsuccess = () => {
      // A reading transaction waits for writing ones.
      const reading = opening.result.transaction('urls').objectStore('urls').getKey(lastShard);
      reading.onsuccess = () =>
        reading.result === undefined ? reject(new Error('not stored')) : resolve(null);
    };
  });
  return (performance.now() - startMs) / 1000;
}

/**
 * Runs in the page.
 * @param {Options} options
 */
async function checkInPage({ script, appConfig }) {
  const { hasModelInCache } = await import(script);
  const startMs = performance.now();
  /** @type {boolean} */
  const found = await hasModelInCache('synthetic', appConfig);
  return { seconds: (performance.now() - startMs) / 1000, found };
}

/**
 * Runs in the page.
 * @param {Options} options
 * @returns {Promise<{ seconds: number, weightsSeconds: number }>}
 */
async function loadInPage({ script, appConfig }) {
  const startMs = performance.now();
  const secondsNow = () => (performance.now() - startMs) / 1000;
  let weightsSeconds = NaN;
  const initProgressCallback = (/** @type {{ progress: number, text: string }} */ report) => {
    const isLast = report.text.startsWith('Loading model from cache') && report.progress === 1;
    if (isLast) weightsSeconds = secondsNow();
  };
  const { MLCEngine } = await import(script);
  const engine = new MLCEngine({ appConfig, initProgressCallback, logLevel: 'SILENT' });
  await engine.reload('synthetic');
  return { seconds: secondsNow(), weightsSeconds };
}
