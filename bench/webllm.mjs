// `npm run bench -- webllm`: Cria through the app and in a bare MLCEngine on a plain page, in
// alternation, on Chromium's software WebGPU adapter; tokens a second, their ratios, load times.
import { cpus } from 'node:os';
import { openApp } from '../scripts/app-session.mjs';
import { say } from '../scripts/entry-point.mjs';
import { buildApp } from '../scripts/serving.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { askWhole, startNewChat } from './measure/app-speed.mjs';
import { openBareWebLlm } from './measure/bare-webllm.mjs';
import { median, round } from './measure/statistics.mjs';

/** The first round warms up and is not counted. */
const rounds = 9;
const words =
  'river stone cloud green table window garden silver mountain letter paper orange yellow'.split(
    ' ',
  );

/** About 90 tokens, each time with another beginning, so that the KV cache of the one before is of no use. */
function question(/** @type {number} */ round) {
  const turned = [...words.slice(round), ...words.slice(0, round)];
  return `Repeat: ${[...turned, ...turned, ...turned, ...turned].join(' ')}`;
}

export default async function benchWebLlm() {
  await provideModels();
  await buildApp();
  const session = await openApp({ webGpu: true });
  const { app, page } = session;
  const bare = await openBareWebLlm(page.context());
  try {
    await app.chooseModel({ id: 'cria', engine: undefined });
    const first = { app: await loadThroughApp(session), bare: await bare.load() };
    await page.reload(); // ends the engine worker; the weights stay
    const again = { app: await loadThroughApp(session), bare: await bare.load() };
    /** @type {{ app: import('./measure/statistics.mjs').Speed, bare: import('./measure/statistics.mjs').Speed }[]} */
    const pairs = [];
    for (let index = 0; index < rounds; index += 1) {
      say(`Round ${index + 1} of ${rounds} …`);
      await startNewChat(page);
      const ofApp = await askWhole(session, question(index));
      const ofBare = await bare.run(`<s>[INST] ${question(index)} [/INST]`);
      if (ofApp.text.trim() !== ofBare.text.trim()) {
        throw new Error(`the answers differ: "${ofApp.text}" and "${ofBare.text}"`);
      }
      if (index > 0) pairs.push({ app: ofApp, bare: ofBare });
    }
    return {
      bench: 'webllm',
      cores: cpus().length,
      adapter: 'software',
      load_s: { first: rounded(first), from_indexeddb: rounded(again) },
      app: speeds(pairs.map(({ app }) => app)),
      bare: speeds(pairs.map(({ bare }) => bare)),
      // The median of the pairs' ratios: what slows the machine for a while slows both of a pair.
      app_to_bare: {
        prefill: ratio(pairs, (speed) => speed.prefillTokensPerS),
        decode: ratio(pairs, (speed) => speed.decodeTokensPerS),
      },
      library_build: 'not measured here: needs the toolchain, see toolchain/README.md',
    };
  } finally {
    await bare.close();
    await session.close();
  }
}

/**
 * Seconds from a question until the model is loaded and reads it.
 * @param {import('../scripts/app-session.mjs').AppSession} session
 */
async function loadThroughApp({ app, page }) {
  await startNewChat(page);
  const startMs = performance.now();
  await app.send('Hello');
  await page.getByRole('status', { name: 'Model' }).waitFor({ state: 'visible' });
  await page.getByRole('status', { name: 'Model' }).waitFor({ state: 'hidden', timeout: 120_000 });
  const seconds = (performance.now() - startMs) / 1000;
  for await (const { failure } of app.watchAnswer()) {
    if (failure) throw new Error(`the app answered with ${failure.code}`);
  }
  return seconds;
}

/** @param {{ app: number, bare: number }} seconds */
const rounded = ({ app, bare }) => ({ app: round(app), bare: round(bare) });

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
