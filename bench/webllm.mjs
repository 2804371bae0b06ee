// `npm run bench -- webllm`: Cria in the app and in a bare MLCEngine on an empty page, in alternation, on the
// WebGPU adapter that CORRAL_WEBGPU names; tokens a second, their ratios, load times.
import { cpus } from 'node:os';
import { openApp } from '../scripts/app-session.mjs';
import { webGpuAdapter } from '../scripts/chromium-options.mjs';
import { say } from '../scripts/entry-point.mjs';
import { buildApp } from '../scripts/serving.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { loadAndAsk, readWholeAnswer, startNewChat } from './measure/app-speed.mjs';
import { openBareWebLlm } from './measure/bare-webllm.mjs';
import { median, round } from './measure/statistics.mjs';

/** @typedef {import('./measure/statistics.mjs').Speed & { loadS: number }} Measured */
/** @typedef {{ app: Measured, bare: Measured }} Round */
/** @typedef {Awaited<ReturnType<typeof openBareWebLlm>>} Bare */

/** The first round warms up and is not counted. */
const rounds = 9;

/** About 60 tokens of prompt, different each time. */
function longQuestion(/** @type {number} */ round) {
  const words =
    'river stone cloud green table window garden silver mountain letter paper orange yellow'.split(
      ' ',
    );
  const turned = [...words.slice(round), ...words.slice(0, round)];
  return `Repeat: ${[...turned, ...turned, ...turned, ...turned].join(' ')}`;
}

/** Cria's answers are only a few tokens long, but to this it writes a whole conversation. */
const questionWithLongAnswer = '[';
const longAnswerTokens = 20;

export default async function benchWebLlm() {
  await provideModels();
  await buildApp();
  return { bench: 'webllm', ...(await measureWebLlm()) };
}

/** Needs the set-up and a build. */
export async function measureWebLlm() {
  const session = await openApp({ webGpu: true });
  const { app, page } = session;
  const bare = await openBareWebLlm(page.context());
  try {
    await app.chooseModel({ id: 'cria', engine: undefined });
    const first = { app: await loadAndAsk(session, 'Hello'), bareLoadS: await bare.load() };
    /** @type {Round[]} */
    const measured = [];
    for (let index = 0; index < rounds; index += 1) {
      say(`Round ${index + 1} of ${rounds} …`);
      const pair = await measureRound(session, bare, index);
      if (index > 0) measured.push(pair);
    }
    return {
      cores: cpus().length,
      adapter: webGpuAdapter(),
      load_s: {
        first: { app: round(first.app.loadS), bare: round(first.bareLoadS) },
        from_indexeddb: {
          app: round(median(measured.map(({ app }) => app.loadS))),
          bare: round(median(measured.map(({ bare }) => bare.loadS))),
        },
      },
      app: speeds(measured.map(({ app }) => app)),
      bare: speeds(measured.map(({ bare }) => bare)),
      // The median of the rounds' ratios: a temporary slowdown of the machine affects both.
      app_to_bare: {
        prefill: ratio(measured, (speed) => speed.prefillTokensPerS),
        decode: ratio(measured, (speed) => speed.decodeTokensPerS),
      },
      library_build: 'not measured here: needs the toolchain, see toolchain/README.md',
    };
  } finally {
    await bare.close();
    await session.close();
  }
}

/**
 * Both load from IndexedDB first, so that both prefill the long question into an empty KV cache: the app would
 * reuse the common part of two questions, and the bare engine never does.
 * @param {import('../scripts/app-session.mjs').AppSession} session
 * @param {Bare} bare
 * @param {number} index
 * @returns {Promise<Round>}
 */
async function measureRound(session, bare, index) {
  await session.page.reload(); // ends the engine worker; the weights stay
  const app = await loadAndAsk(session, longQuestion(index));
  const appLong = await ask(session, questionWithLongAnswer);
  const bareLoadS = await bare.load();
  const ofBare = await bare.run(longQuestion(index));
  const bareLong = await bare.run(questionWithLongAnswer);
  checkSame(app, ofBare);
  checkSame(appLong, bareLong);
  if (appLong.tokens < longAnswerTokens) throw new Error(`only ${appLong.tokens} tokens to time`);
  return {
    app: { ...app, decodeTokensPerS: appLong.decodeTokensPerS },
    bare: { ...ofBare, decodeTokensPerS: bareLong.decodeTokensPerS, loadS: bareLoadS },
  };
}

/**
 * @param {{ text: string }} ofApp
 * @param {{ text: string }} ofBare
 */
function checkSame({ text: ofApp }, { text: ofBare }) {
  if (ofApp.trim() === ofBare.trim()) return;
  throw new Error(`the answers differ: "${ofApp}" and "${ofBare}"`);
}

/**
 * @param {import('../scripts/app-session.mjs').AppSession} session
 * @param {string} question
 */
async function ask({ app, page }, question) {
  await startNewChat(page);
  await app.send(question);
  return readWholeAnswer({ app, page });
}

/** @param {import('./measure/statistics.mjs').Speed[]} measured */
function speeds(measured) {
  return {
    prefill_tokens_per_s: round(median(measured.map((speed) => speed.prefillTokensPerS))),
    decode_tokens_per_s: round(median(measured.map((speed) => speed.decodeTokensPerS))),
  };
}

/**
 * @param {{ app: import('./measure/statistics.mjs').Speed, bare: import('./measure/statistics.mjs').Speed }[]} pairs
 * @param {(speed: import('./measure/statistics.mjs').Speed) => number} of
 */
function ratio(pairs, of) {
  return round(median(pairs.map(({ app, bare }) => of(app) / of(bare))));
}
