// `npm run ask -- "question"`: asks the built app in a headless browser, and prints its answer as it grows.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { openApp, openAppInWebKit } from './app-session.mjs';
import { AnswerPrinter } from './answer-printer.mjs';
import { readAskOptions, requireGguf } from './ask-options.mjs';
import { runScript, say } from './entry-point.mjs';
import { ForeseenError } from './foreseen-error.mjs';
import { buildApp } from './serving.mjs';
import { provideModels } from './set-up/models.mjs';
import { installDependencies } from './set-up/dependencies.mjs';

/** For set-up, build, download, load and answer together. */
const limitMs = 600_000;
/** The browser of a crashed page may hang when it is closed. */
const closeLimitMs = 5_000;

/** @typedef {import('./ask-options.mjs').AskOptions} AskOptions */
/** @typedef {Awaited<ReturnType<typeof openApp | typeof openAppInWebKit>>} AppSession */

await runScript(async () => {
  const options = readAskOptions(process.argv.slice(2));
  const end = Promise.race([timeLimit(), interrupt()]);
  return await Promise.race([setUpAndAsk(options, end), end]);
});

/** @returns {Promise<never>} */
async function timeLimit() {
  await pause(limitMs, undefined, { ref: false });
  throw new ForeseenError(`There was no complete answer within ${limitMs / 60_000} minutes.`);
}

/** @returns {Promise<never>} Rejects on Ctrl-C, before Playwright's own handler closes the browser. */
async function interrupt() {
  await once(process, 'SIGINT');
  throw new ForeseenError('Interrupted.', { exitCode: 130 });
}

/**
 * @param {AskOptions} options
 * @param {Promise<never>} end Rejects at the time limit or at Ctrl-C.
 * @returns {Promise<number>} The exit code.
 */
async function setUpAndAsk(options, end) {
  const { browser, engine, modelFile } = options;
  if (modelFile !== undefined) await requireGguf(modelFile);
  await installDependencies();
  await provideModels();
  say('App: building …');
  await buildApp();
  const session =
    browser === 'webkit'
      ? await openAppInWebKit()
      : await openApp({ browser, webGpu: engine === 'webllm' });
  try {
    return await Promise.race([ask(session, options), crashOf(session), end]);
  } finally {
    await Promise.race([session.close(), pause(closeLimitMs, undefined, { ref: false })]);
  }
}

/**
 * @param {AppSession} session
 * @param {AskOptions} options
 * @returns {Promise<number>}
 */
async function ask({ app, page }, { question, engine, model, modelFile, pin, screenshot }) {
  try {
    if (modelFile !== undefined) await app.addFile(modelFile);
    else if (engine !== undefined || model !== undefined)
      await app.chooseModel({ id: model, engine });
    if (pin !== undefined) await app.pin(pin);
    await app.send(question);
    return await printAnswer(app);
  } finally {
    // Also after a failure, to show it. By default Playwright hides the caret with a style that the page's
    // policy blocks, which Firefox reports as the page's error.
    if (screenshot !== undefined) await page.screenshot({ path: screenshot, caret: 'initial' });
  }
}

/**
 * @param {AppSession['app']} app
 * @returns {Promise<number>}
 */
async function printAnswer(app) {
  const printer = new AnswerPrinter();
  let state = await app.readAnswer();
  for await (state of app.watchAnswer()) printer.show(state);
  printer.end();
  if (state.failure !== null) {
    say(`Error (${state.failure.code}): ${state.failure.message}`);
    return 1;
  }
  if (state.text.trim() === '') {
    say('Error: the app ended without an answer.');
    return 1;
  }
  say(state.stats?.replaceAll('\n', ' · ') ?? 'The app showed no stats.');
  return 0;
}

/**
 * @param {AppSession} session
 * @returns {Promise<never>} Rejects when the page's process dies, which Playwright's waits do not notice.
 */
function crashOf({ page }) {
  return new Promise((_, reject) => {
    if (!('once' in page)) return;
    page.once('crash', () =>
      reject(new ForeseenError('The page crashed, perhaps for lack of memory.')),
    );
  });
}
