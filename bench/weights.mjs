// `npm run bench -- weights [--gb 1.5]`: download into IndexedDB, the check whether a model is stored, and load
// from IndexedDB to a ready engine; compares the app with the published WebLLM on an empty page.
//
// Both get the same files from the same local server, and load them onto Chromium's software WebGPU adapter.
// Each step runs in a new browser process on a profile on disk, the app's and WebLLM's in turn. Measured:
// - download: from empty storage until everything is committed. WebLLM's clock starts with the first shard,
//   after the small files; the app's starts with its worker, and the app also compares hashes.
// - check: whether the model is stored; in the app, a download that finds nothing to do.
// - load: until the engine would take a prompt. The app's clock includes the start of its worker; WebLLM's
//   script is loaded before. `load_weights_s` is the part until all weights are on the GPU; the rest compiles
//   shaders, which takes seconds on a software adapter for any model size.
// - peaks: the growth of the browser's memory in a step, over all processes, in MB (10^6 bytes). While loading
//   it includes the weights on the GPU, which are in the GPU process's memory on a software adapter.
import { cpus, tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { webGpuAdapter } from '../scripts/chromium-options.mjs';
import { say } from '../scripts/entry-point.mjs';
import { ForeseenError } from '../scripts/foreseen-error.mjs';
import { buildApp, serveBuiltApp } from '../scripts/serving.mjs';
import { provideBrowser } from '../scripts/set-up/browser.mjs';
import { requireRoom } from '../scripts/set-up/disk-room.mjs';
import { appSide } from './measure/app-weights.mjs';
import { watchMemory } from './measure/peak-memory.mjs';
import { makeProfile } from './measure/profile.mjs';
import { median, round } from './measure/statistics.mjs';
import { makeSyntheticModel } from './measure/synthetic-model.mjs';
import { barePagePlugin, webLlmSide } from './measure/webllm-weights.mjs';

/**
 * One of the two sides. Each step runs in a page on `url`, and resolves with its seconds.
 * @typedef {object} Side
 * @property {string} url
 * @property {(page: Page) => Promise<number>} download
 * @property {(page: Page) => Promise<{ seconds: number, found: boolean }>} check
 * @property {(page: Page) => Promise<Loaded>} load
 */
/** @typedef {import('playwright').Page} Page */
/** @typedef {Awaited<ReturnType<typeof makeProfile>>} Profile */
/** @typedef {{ seconds: number, weightsSeconds: number }} Loaded */
/** @typedef {{ seconds: number, peakMb: number }} Measured */

/** For check and load; a download is long enough to measure once. */
const rounds = 3;

/** The app's limits with a model of 1.5 GB. */
const limits = {
  check_s: 0.3,
  check_peak_mb: 200,
  download_peak_mb: 300,
  download_s_to_webllm: 1,
  load_s_to_webllm: 0.5,
};

/** @param {string[]} args */
export default async function benchWeights(args) {
  const bytes = readSize(args);
  if (process.platform !== 'linux') {
    throw new ForeseenError('This bench reads the memory from /proc, which only Linux has.');
  }
  // Two copies, and what a browser writes besides.
  await requireRoom(tmpdir(), 2.5 * bytes + 1e9, 'two browser profiles with the model');
  const { executablePath } = await provideBrowser();
  await buildApp();
  const model = await makeSyntheticModel(bytes);
  // WebLLM does not cache a library whose address contains "localhost".
  const host = '127.0.0.1';
  const plugins = [model.plugin, await barePagePlugin()];
  const server = await serveBuiltApp({ port: 0, host, plugins });
  const [appProfile, webLlmProfile] = [
    await makeProfile({ executablePath }),
    await makeProfile({ executablePath }),
  ];
  try {
    const app = measureSide('app', appSide(server.url, model), appProfile);
    const webLlm = measureSide('webllm', webLlmSide(server.url, model), webLlmProfile);
    await app.download();
    await webLlm.download();
    for (let index = 0; index < rounds; index += 1) {
      await app.check();
      await webLlm.check();
    }
    for (let index = 0; index < rounds; index += 1) {
      await app.load();
      await webLlm.load();
    }
    const ofApp = app.figures();
    const ofWebLlm = webLlm.figures();
    const ratios = ratiosOf(ofApp, ofWebLlm);
    return {
      bench: 'weights',
      cores: cpus().length,
      adapter: webGpuAdapter(),
      model_mb: Math.round(model.bytes / 1e6),
      app: ofApp,
      webllm: ofWebLlm,
      app_to_webllm: ratios,
      limits_at_1_5_gb: limits,
      within_limits:
        ofApp.check_s <= limits.check_s &&
        ofApp.check_peak_mb <= limits.check_peak_mb &&
        ofApp.download_peak_mb <= limits.download_peak_mb &&
        ratios.download_s <= limits.download_s_to_webllm &&
        ratios.load_s <= limits.load_s_to_webllm,
    };
  } finally {
    await server.close();
    await appProfile.remove();
    await webLlmProfile.remove();
  }
}

/**
 * @param {string[]} args
 * @returns {number} Bytes.
 */
function readSize(args) {
  const usage = 'Usage: npm run bench -- weights [--gb 1.5]';
  let gigabytes;
  try {
    const { values } = parseArgs({ args, options: { gb: { type: 'string', default: '1.5' } } });
    gigabytes = Number(values.gb);
  } catch (cause) {
    throw new ForeseenError(usage, { exitCode: 2, cause });
  }
  if (!(gigabytes >= 0.1)) throw new ForeseenError(`Too few gigabytes. ${usage}`, { exitCode: 2 });
  return gigabytes * 1e9;
}

/**
 * @param {string} name For the log.
 * @param {Side} side
 * @param {Profile} profile
 */
function measureSide(name, side, profile) {
  /** @type {Record<'download' | 'check' | 'load', Measured[]>} */
  const steps = { download: [], check: [], load: [] };
  /** @type {number[]} */
  const weightsSeconds = [];

  /**
   * @param {keyof typeof steps} step
   * @param {(page: Page) => Promise<number>} work
   */
  async function measure(step, work) {
    const measured = await profile.withPage(side.url, async (page, browserPid) => {
      const { result: seconds, peakMb } = await watchMemory(browserPid, () => work(page));
      return { seconds, peakMb };
    });
    say(`${name}, ${step}: ${round(measured.seconds)} s, ${round(measured.peakMb)} MB`);
    steps[step].push(measured);
  }

  const secondsOf = (/** @type {Measured[]} */ all) => round(median(all.map((one) => one.seconds)));
  const peakOf = (/** @type {Measured[]} */ all) =>
    round(Math.max(...all.map((one) => one.peakMb)));
  return {
    download: () => measure('download', side.download),
    check: () =>
      measure('check', async (page) => {
        const { seconds, found } = await side.check(page);
        if (!found) say(`${name}, check: says wrongly that the model is not there`);
        return seconds;
      }),
    load: () =>
      measure('load', async (page) => {
        const loaded = await side.load(page);
        weightsSeconds.push(loaded.weightsSeconds);
        return loaded.seconds;
      }),
    /** Seconds are medians; peaks are the highest. */
    figures: () => ({
      check_s: secondsOf(steps.check),
      check_peak_mb: peakOf(steps.check),
      download_s: secondsOf(steps.download),
      download_peak_mb: peakOf(steps.download),
      load_s: secondsOf(steps.load),
      load_weights_s: round(median(weightsSeconds)),
      load_peak_mb: peakOf(steps.load),
    }),
  };
}

/** @typedef {ReturnType<ReturnType<typeof measureSide>['figures']>} Figures */

/**
 * @param {Figures} app
 * @param {Figures} webLlm
 */
function ratiosOf(app, webLlm) {
  const names = /** @type {(keyof Figures)[]} */ (Object.keys(app));
  const ratios = names.map((name) => [name, round(app[name] / webLlm[name])]);
  return /** @type {Figures} */ (Object.fromEntries(ratios));
}
