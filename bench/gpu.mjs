// `npm run bench -- gpu --model FOLDER --library FILE.wasm`: an MLC model of any size on this machine's GPU, in
// the app as a model that a visitor added, and in a bare MLCEngine on an empty page.
//
// Set CORRAL_WEBGPU=hardware; otherwise it uses a software adapter, on which only tiny models finish. The
// weights may be random (toolchain/library/random_weights.py): speed and memory are the same, and the text of
// answers does not matter. Measured:
// - first_s: from the question to the first prefill, with the download from this machine;
// - load_s: the same in a new browser process, with the weights in IndexedDB;
// - prefill and decode at several prompt lengths, each prompt different; medians;
// - gpu_mib: the growth of the GPU memory in use, after the load and after the prompts.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AppPage } from '../scripts/app-page.mjs';
import { webGpuAdapter } from '../scripts/chromium-options.mjs';
import { say } from '../scripts/entry-point.mjs';
import { ForeseenError } from '../scripts/foreseen-error.mjs';
import { buildApp, serveBuiltApp } from '../scripts/serving.mjs';
import { provideBrowser } from '../scripts/set-up/browser.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { askForSpeed, loadAndAsk } from './measure/app-speed.mjs';
import { loadInPage, runInPage } from './measure/bare-webllm.mjs';
import { gpuMemoryMib, readAdapterInPage } from './measure/gpu.mjs';
import { serveModelFolder } from './measure/model-folder.mjs';
import { makeProfile } from './measure/profile.mjs';
import { median, round } from './measure/statistics.mjs';
import { barePage, barePagePlugin } from './measure/webllm-weights.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {Awaited<ReturnType<typeof makeProfile>>} Profile */
/** @typedef {import('./measure/statistics.mjs').Speed & { promptTokens: number }} Measured */
/** @typedef {(words: number, round: number) => Promise<Measured>} Ask */
/**
 * @typedef {object} Work
 * @property {string} folder Its address on the server, like the library's.
 * @property {string} library
 * @property {readonly number[]} words The prompts' lengths.
 */

/** In words, each of which is about a token. */
const promptWords = [16, 240, 1000, 3300];
/** The prompts' share of the context window; the rest is for instructions and the answer. */
const maxWords01 = 0.82;
/** The first warms up and is not counted. */
const rounds = 3;
const answerTokens = 100;
/** For a download and a load. */
const limitMs = 600_000;
/** The app's parameters for a model that a visitor added. */
const sampling = { temperature: 0.6, top_p: 0.9, repetition_penalty: 1.1 };

/** @param {string[]} args */
export default async function benchGpu(args) {
  const { model, library } = readFiles(args);
  await provideModels();
  await buildApp();
  return { bench: 'gpu', ...(await measureGpu(model, library)) };
}

/** @param {string[]} args */
function readFiles(args) {
  const options = /** @type {const} */ ({
    model: { type: 'string', default: '' },
    library: { type: 'string', default: '' },
  });
  const { values } = parseArgs({ args, options });
  if (values.model !== '' && values.library !== '') return values;
  throw new ForeseenError('Usage: npm run bench -- gpu --model FOLDER --library FILE.wasm', {
    exitCode: 2,
  });
}

/**
 * Needs a build.
 * @param {string} model
 * @param {string} library
 */
export async function measureGpu(model, library) {
  const config = await readFile(path.join(model, 'mlc-chat-config.json'), 'utf8');
  const maxWords = JSON.parse(config).context_window_size * maxWords01;
  const words = promptWords.filter((count) => count <= maxWords);
  const { executablePath } = await provideBrowser();
  const served = serveModelFolder(model, library);
  const plugins = [served.plugin, await barePagePlugin()];
  // WebLLM does not cache a library whose address contains "localhost".
  const server = await serveBuiltApp({ port: 0, host: '127.0.0.1', plugins });
  const profiles = [await makeProfile({ executablePath }), await makeProfile({ executablePath })];
  const [appProfile, bareProfile] = /** @type {[Profile, Profile]} */ (profiles);
  try {
    const adapter = await appProfile.withPage(server.url, (page) =>
      page.evaluate(readAdapterInPage),
    );
    if (adapter === null) throw new ForeseenError('Chromium hands out no WebGPU adapter here.');
    say(`Adapter: ${adapter.description || `${adapter.vendor} ${adapter.architecture}`}`);
    const app = await measureApp(server.url, { ...served, words }, appProfile);
    say(JSON.stringify({ app }));
    const bare = await measureBare(server.url, { ...served, words }, bareProfile);
    return { asked_for: webGpuAdapter(), adapter, app, bare, app_to_bare: ratiosOf(app, bare) };
  } finally {
    await server.close();
    for (const profile of profiles) await profile.remove();
  }
}

/**
 * @param {string} url
 * @param {Work} work
 * @param {Profile} profile
 */
async function measureApp(url, { folder, library, words }, profile) {
  const firstS = await profile.withPage(url, async (page) => {
    await new AppPage(page).addModel({ model: folder, library });
    return (await loadAndAsk(sessionOf(page), 'Hello', { limitMs })).loadS;
  });
  say(`app: ${round(firstS)} s with the download`);
  const before = await gpuMemoryMib();
  return profile.withPage(url, async (page) => {
    const session = sessionOf(page);
    const { loadS } = await loadAndAsk(session, 'Hello', { limitMs });
    const loaded = await gpuMemoryMib();
    const prompts = await measurePrompts(words, (count, round) =>
      askForSpeed(session, question(count, round), answerTokens),
    );
    return figures(firstS, loadS, prompts, [before, loaded, await gpuMemoryMib()]);
  });
}

/**
 * @param {string} serverUrl
 * @param {Work} work
 * @param {Profile} profile
 */
async function measureBare(serverUrl, { folder, library, words }, profile) {
  const url = new URL(barePage.path, serverUrl).href;
  const load = (/** @type {Page} */ page) =>
    page.evaluate(loadInPage, { script: barePage.script, folder, library });
  const firstS = await profile.withPage(url, load);
  say(`bare: ${round(firstS)} s with the download`);
  const before = await gpuMemoryMib();
  return profile.withPage(url, async (page) => {
    const loadS = await load(page);
    const loaded = await gpuMemoryMib();
    const prompts = await measurePrompts(words, (count, round) =>
      page.evaluate(runInPage, {
        prompt: `<s>[INST] ${question(count, round)} [/INST]`,
        params: { ...sampling, max_tokens: answerTokens },
      }),
    );
    return figures(firstS, loadS, prompts, [before, loaded, await gpuMemoryMib()]);
  });
}

/** @param {Page} page */
const sessionOf = (page) => ({ app: new AppPage(page), page });

/**
 * Each begins differently, so that none finds the KV cache of another.
 * @param {number} words
 * @param {number} round
 */
function question(words, round) {
  const list = 'river stone cloud green table window garden silver mountain letter paper'.split(
    ' ',
  );
  return Array.from(
    { length: words },
    (_, at) => list[(at * (round + 1) + words) % list.length],
  ).join(' ');
}

/**
 * @param {readonly number[]} words
 * @param {Ask} ask
 */
async function measurePrompts(words, ask) {
  const measured = [];
  for (const count of words) {
    /** @type {Measured[]} */
    const speeds = [];
    for (let index = 0; index < rounds; index += 1) speeds.push(await ask(count, index));
    const counted = speeds.slice(1);
    const one = {
      prompt_tokens: Math.round(median(counted.map((speed) => speed.promptTokens))),
      prefill_tokens_per_s: round(median(counted.map((speed) => speed.prefillTokensPerS))),
      decode_tokens_per_s: round(median(counted.map((speed) => speed.decodeTokensPerS))),
    };
    say(JSON.stringify(one));
    measured.push(one);
  }
  return measured;
}

/**
 * @param {number} firstS
 * @param {number} loadS
 * @param {Awaited<ReturnType<typeof measurePrompts>>} prompts
 * @param {(number | null)[]} mib Before the load, after it, and after the prompts.
 */
function figures(firstS, loadS, prompts, [before = null, loaded = null, used = null]) {
  const grown = (/** @type {number | null} */ now) =>
    now === null || before === null ? null : now - before;
  return {
    first_s: round(firstS),
    load_s: round(loadS),
    gpu_mib: { loaded: grown(loaded), after_prompts: grown(used) },
    prompts,
  };
}

/**
 * @param {ReturnType<typeof figures>} app
 * @param {ReturnType<typeof figures>} bare
 */
function ratiosOf(app, bare) {
  return {
    first_s: round(app.first_s / bare.first_s),
    load_s: round(app.load_s / bare.load_s),
    prompts: app.prompts.map((one, index) => ({
      prefill: round(one.prefill_tokens_per_s / (bare.prompts[index]?.prefill_tokens_per_s ?? NaN)),
      decode: round(one.decode_tokens_per_s / (bare.prompts[index]?.decode_tokens_per_s ?? NaN)),
    })),
  };
}
