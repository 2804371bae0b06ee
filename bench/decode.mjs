// `npm run bench -- decode`: what a page and a browser take for a token besides the GPU's own time, in the app's
// engine and in a bare MLCEngine, on a GPU that computes nothing and is as fast as it is told (measure/fake-gpu.c).
//
// Both load Cria with 32 layers, so that a token takes as many dispatches as Llama 2 7B's, and answer in turn in one
// browser. What is measured:
// - ms a token: from the first token to the last, at GPU times of a whole token of bare WebLLM;
// - prefill: from the request to the first token, of a prompt of some 100 tokens;
// - CPU: milliseconds a token of the GPU's process, and of the pages with their workers.
import { cpus } from 'node:os';
import { chromiumOptions, locale } from '../scripts/chromium-options.mjs';
import { say } from '../scripts/entry-point.mjs';
import { ForeseenError } from '../scripts/foreseen-error.mjs';
import { buildApp, serveBuiltApp } from '../scripts/serving.mjs';
import { askEngineInPage, engineScript, loadEngineInPage } from './measure/app-engine.mjs';
import { loadInPage, runInPage } from './measure/bare-webllm.mjs';
import { deepCriaLayers, serveDeepCria } from './measure/deep-cria.mjs';
import { provideFakeGpu } from './measure/fake-gpu.mjs';
import { watchProcessorTime } from './measure/processor-time.mjs';
import { median, round } from './measure/statistics.mjs';
import { barePage, barePagePlugin } from './measure/webllm-weights.mjs';

/** @typedef {{ msPerToken: number, prefillMs: number, gpuProcessMs: number, pagesMs: number }} Measured */
/** @typedef {{ app: Measured, bare: Measured }} Round */
/** @typedef {{ ask: () => Promise<import('./measure/statistics.mjs').Speed> }} Side */

const gpuTimesMs = [0, 5, 10, 25];
/** The first is not counted. */
const rounds = 6;
const answerTokens = 48;
const contextTokens = 512;
const prompt = `<s>[INST] Repeat: ${'river stone cloud green table '.repeat(16)}[/INST]`;
const promptTokens = 100;
/** As the app asks by itself, but for the penalty, whose cost grows with the answer. */
const sampling = { temperature: 0.7, topP: 0.9, repeatPenalty: 1, seed: 1 };

export default async function benchDecode() {
  if (process.platform !== 'linux') throw new ForeseenError('The fake GPU is for Linux alone.');
  await buildApp();
  return { bench: 'decode', ...(await measureDecode()) };
}

/** Needs a build. */
export async function measureDecode() {
  const gpu = await provideFakeGpu();
  const model = await serveDeepCria();
  const plugins = [model.plugin, await barePagePlugin()];
  // WebLLM caches no library from an address with "localhost" in it.
  const server = await serveBuiltApp({ port: 0, host: '127.0.0.1', plugins });
  const { chromium } = await import('playwright');
  const { args } = chromiumOptions({ webGpu: 'lavapipe' });
  const { executablePath, env } = gpu;
  const browser = await chromium.launch({ args, executablePath, env });
  try {
    const sides = await openSides(browser, server.url, model);
    const dispatches = await countDispatches(sides.bare);
    const cpu = await watchProcessorTime(browser);
    /** @type {Map<number, Round[]>} */
    const measured = new Map(gpuTimesMs.map((ms) => [ms, []]));
    for (let index = 0; index < rounds; index += 1) {
      say(`Round ${index + 1} of ${rounds} …`);
      for (const [gpuMs, counted] of measured) {
        await gpu.setDispatchUs((gpuMs * 1000) / dispatches);
        const pair = await measureRound(sides, cpu, index % 2 === 0);
        if (index > 0) counted.push(pair);
      }
    }
    return {
      cores: cpus().length,
      layers: deepCriaLayers,
      dispatches,
      rounds: rounds - 1,
      gpu_ms: Object.fromEntries([...measured].map(([ms, pairs]) => [ms, figures(pairs)])),
    };
  } finally {
    await browser.close();
    await server.close();
    await gpu.close();
  }
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @param {Awaited<ReturnType<typeof serveDeepCria>>} model
 */
async function openSides(browser, url, { folder, library, names }) {
  const open = async (/** @type {string} */ path) => {
    // Contexts of their own, so that the two have processes of their own.
    const page = await (await browser.newContext({ locale })).newPage();
    await page.goto(new URL(path, url).href);
    return page;
  };
  const [appPage, barePageOpen] = [await open('/'), await open(barePage.path)];
  const params = { maxTokens: answerTokens, ...sampling };
  await appPage.evaluate(loadEngineInPage, {
    script: await engineScript(),
    folder,
    names,
    contextTokens,
  });
  await barePageOpen.evaluate(loadInPage, { script: barePage.script, folder, library });
  return {
    app: { ask: () => appPage.evaluate(askEngineInPage, { prompt, params }) },
    bare: {
      page: barePageOpen,
      ask: () =>
        barePageOpen.evaluate(runInPage, {
          prompt,
          params: {
            max_tokens: answerTokens,
            temperature: sampling.temperature,
            top_p: sampling.topP,
            seed: sampling.seed,
          },
        }),
    },
  };
}

/**
 * Of a token in bare WebLLM.
 * @param {Side & { page: import('playwright').Page }} bare
 */
async function countDispatches({ page, ask }) {
  const count = () =>
    page.evaluate(() => {
      const { engine } = /** @type {any} */ (globalThis);
      const [pipeline] = engine.loadedModelIdToPipeline.values();
      return pipeline.tvm.lib.webGPUContext.shaderSubmitCounter;
    });
  const before = await count();
  await ask();
  return Math.round(((await count()) - before) / (answerTokens + 1)); // the prompt is one step more
}

/**
 * @param {{ app: Side, bare: Side }} sides
 * @param {Awaited<ReturnType<typeof watchProcessorTime>>} cpu
 * @param {boolean} appFirst
 * @returns {Promise<Round>}
 */
async function measureRound({ app, bare }, cpu, appFirst) {
  const measure = async (/** @type {Side} */ side) => {
    const before = cpu();
    const speed = await side.ask();
    const after = cpu();
    return {
      msPerToken: 1000 / speed.decodeTokensPerS,
      prefillMs: (promptTokens / speed.prefillTokensPerS) * 1000,
      gpuProcessMs: (after.gpuMs - before.gpuMs) / answerTokens,
      pagesMs: (after.pagesMs - before.pagesMs) / answerTokens,
    };
  };
  if (!appFirst) return { bare: await measure(bare), app: await measure(app) };
  return { app: await measure(app), bare: await measure(bare) };
}

/** @param {readonly Round[]} pairs */
function figures(pairs) {
  const of = (/** @type {keyof Measured} */ name) => ({
    app: round(median(pairs.map(({ app }) => app[name]))),
    bare: round(median(pairs.map(({ bare }) => bare[name]))),
  });
  const cpu = (/** @type {Measured} */ { gpuProcessMs, pagesMs }) => gpuProcessMs + pagesMs;
  return {
    ms_per_token: of('msPerToken'),
    prefill_ms: of('prefillMs'),
    gpu_process_cpu_ms_per_token: of('gpuProcessMs'),
    pages_cpu_ms_per_token: of('pagesMs'),
    // The medians of the rounds' ratios: what slows the machine for a while slows both.
    decode_app_to_bare: round(
      median(pairs.map(({ app, bare }) => bare.msPerToken / app.msPerToken)),
    ),
    prefill_app_to_bare: round(
      median(pairs.map(({ app, bare }) => bare.prefillMs / app.prefillMs)),
    ),
    cpu_app_to_bare: round(median(pairs.map(({ app, bare }) => cpu(app) / cpu(bare)))),
  };
}
