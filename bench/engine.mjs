// `npm run bench -- engine`: compares the CPU engine in the app, wllama on a bare page (with the app's
// settings, and with its defaults), and native llama.cpp, on the same file and prompts, in alternation; tokens
// a second and their ratios.
import { cpus } from 'node:os';
import { openApp } from '../scripts/app-session.mjs';
import { say } from '../scripts/entry-point.mjs';
import { buildApp } from '../scripts/serving.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { askForSpeed, dropIsolation, timeStop } from './measure/app-speed.mjs';
import { openBareWllama } from './measure/bare-wllama.mjs';
import { measureNative } from './measure/native.mjs';
import { median, round } from './measure/statistics.mjs';

/** The first round warms up: browsers optimise hot wasm while it runs. */
const rounds = 5;
const answerTokens = 64;
/** The settings of the app's adapter; `bare` uses them, `defaults` uses wllama's own. */
const settings = { flash_attn: false, cache_type_k: 'f32', cache_type_v: 'f32' };

/** Names for the prompts of about 250 tokens each; consecutive ones share only the system text in the KV cache. */
const openings = ['Anna', 'Bruno', 'Carla', 'Dario', 'Elena', 'Fabio'];

/** @typedef {import('./measure/statistics.mjs').Speed} Speed */

export default async function benchEngine() {
  await provideModels();
  await buildApp();
  const cores = cpus().length;
  const oneThread = await compare({ isolated: false });
  const allThreads = await compare({ isolated: true });
  say('Native llama.cpp …');
  const prompts = Array.from({ length: rounds }, (_, index) => benchPrompt(index));
  const native = {
    one_thread: await measureNative({ threads: 1, prompts, answerTokens }),
    all_threads: await measureNative({ threads: cores, prompts, answerTokens }),
  };
  return {
    bench: 'engine',
    cores,
    one_thread: withNative(oneThread, native.one_thread),
    all_threads: withNative(allThreads, native.all_threads),
  };
}

/** @param {{ isolated: boolean }} options */
async function compare({ isolated }) {
  const threads = isolated ? cpus().length : 1;
  const session = await openApp();
  const bare = await openBareWllama(session.page.context(), { isolated });
  const stock = await openBareWllama(session.page.context(), { isolated });
  try {
    if (!isolated) await dropIsolation(session.page);
    await bare.load(threads, settings);
    await stock.load(threads);
    /** @type {Speed[]} */
    const app = [];
    /** @type {Speed[]} */
    const alone = [];
    /** @type {Speed[]} */
    const defaults = [];
    for (let index = 0; index < rounds; index += 1) {
      say(`${threads} thread(s), round ${index + 1} of ${rounds} …`);
      const question = benchQuestion(index);
      app.push(await askForSpeed(session, question, answerTokens));
      alone.push(await bare.run(benchPrompt(index), answerTokens));
      defaults.push(await stock.run(benchPrompt(index), answerTokens));
    }
    const stop_decoding_ms = await timeStop(session, 'decoding');
    const stop_prefill_ms = await timeStop(session, 'prefill');
    return {
      app: summary(app),
      bare: summary(alone),
      defaults: summary(defaults),
      stop_decoding_ms,
      stop_prefill_ms,
    };
  } finally {
    await bare.close();
    await stock.close();
    await session.close();
  }
}

/** @param {Speed[]} speeds */
function summary(speeds) {
  const counted = speeds.slice(1);
  return {
    prefill_tokens_per_s: round(median(counted.map((speed) => speed.prefillTokensPerS))),
    decode_tokens_per_s: round(median(counted.map((speed) => speed.decodeTokensPerS))),
  };
}

/**
 * @param {Awaited<ReturnType<typeof compare>>} browser
 * @param {Awaited<ReturnType<typeof measureNative>>} native
 */
function withNative(browser, native) {
  const { app, bare, defaults } = browser;
  const speed = 'speeds' in native ? summary(native.speeds) : null;
  return {
    ...browser,
    native: speed ?? native,
    app_to_bare: ratios(app, bare),
    app_to_defaults: ratios(app, defaults),
    app_to_native: speed && ratios(app, speed),
  };
}

/**
 * @param {ReturnType<typeof summary>} a
 * @param {ReturnType<typeof summary>} b
 */
function ratios(a, b) {
  return {
    prefill: round(a.prefill_tokens_per_s / b.prefill_tokens_per_s),
    decode: round(a.decode_tokens_per_s / b.decode_tokens_per_s),
  };
}

/** @param {number} index */
function benchQuestion(index) {
  const name = openings[index % openings.length];
  const story = `${name} keeps a llama on a small farm near the sea. Every morning the llama walks up the hill, looks at the boats, and waits for the children who bring apples. One day a storm came, the fence broke, and the llama was gone. `;
  return `${story.repeat(4)}Write a long story about what happened next, with many details.`;
}

/** The prompt that the app makes of it: SmolLM2's format with the app's system text. */
function benchPrompt(/** @type {number} */ index) {
  return (
    '<|im_start|>system\nYou are a helpful AI assistant.<|im_end|>\n' +
    `<|im_start|>user\n${benchQuestion(index)}<|im_end|>\n<|im_start|>assistant\n`
  );
}
