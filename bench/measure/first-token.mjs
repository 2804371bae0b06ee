// How much of the time from the Enter key to the first shown token is not the engine's, on both engines; needs a build
// and the models.
import { openApp } from '../../scripts/app-session.mjs';
import { say } from '../../scripts/entry-point.mjs';
import { askForStats, startNewChat } from './app-speed.mjs';
import { capitalQuestions } from './capital-questions.mjs';
import { median, round } from './statistics.mjs';

/** @typedef {import('../../scripts/app-session.mjs').AppSession} AppSession */

/**
 * One question, in milliseconds of the page's clock.
 * @typedef {object} Times
 * @property {number} keyMs The page received the Enter key.
 * @property {number} sentMs The page sent the prompt to the engine.
 * @property {number} tokenMs The page received the first text.
 * @property {number} shownMs The text was in the page.
 * @property {number} engineMs The engine read the prompt and chose the first token.
 */

/** Milliseconds, for each engine. */
export const limits = { first_token_cpu_share_ms: 5, first_token_gpu_share_ms: 5 };

const models = { cpu: 'smollm2-135m', gpu: 'cria' };
const chats = 3;
/** Long enough for the draft to be counted, and for the last answer to be stored. */
const restMs = 1000;

/** @returns {Promise<Record<string, number>>} */
export async function measure() {
  /** @type {Record<string, number>} */
  const figures = {};
  for (const [engine, model] of Object.entries(models)) {
    say(`First token: ${model} …`);
    const session = await openApp({ webGpu: engine === 'gpu' });
    try {
      await session.page.addInitScript(watchQuestions);
      await session.page.reload();
      await session.app.chooseModel({ id: model, engine: undefined });
      // Loads the model; browsers optimise hot code and shaders.
      await askForStats(session, 'Hello', 8);
      const times = await askAll(session);
      const figure = (/** @type {(one: Times) => number} */ read) => round(median(times.map(read)));
      Object.assign(figures, {
        [`first_token_${engine}_ms`]: figure((one) => one.shownMs - one.keyMs),
        [`first_token_${engine}_share_ms`]: figure((one) => one.shownMs - one.keyMs - one.engineMs),
        // The parts of the share.
        [`first_token_${engine}_send_ms`]: figure((one) => one.sentMs - one.keyMs),
        [`first_token_${engine}_pass_ms`]: figure((one) => one.tokenMs - one.sentMs - one.engineMs),
        [`first_token_${engine}_show_ms`]: figure((one) => one.shownMs - one.tokenMs),
      });
    } finally {
      await session.close();
    }
  }
  return figures;
}

/** @param {AppSession} session */
async function askAll(session) {
  const { page } = session;
  /** @type {Times[]} */
  const times = [];
  for (let chat = 0; chat < chats; chat += 1) {
    await startNewChat(page);
    for (const question of capitalQuestions) {
      await session.app.composer.focus();
      await page.keyboard.type(question);
      await page.waitForTimeout(restMs);
      await page.keyboard.press('Enter');
      times.push(await readTimes(session));
    }
  }
  return times;
}

/**
 * Stops the answer once its first text is shown.
 * @param {AppSession} session
 * @returns {Promise<Times>}
 */
async function readTimes({ app, page }) {
  await page.waitForFunction(() => /** @type {any} */ (globalThis).questionTimes.shownMs);
  const stop = page.getByRole('button', { name: 'Stop', exact: true });
  // A short answer may be over.
  if (await stop.isVisible()) await stop.click({ timeout: 2000 }).catch(() => {});
  while ((await app.readAnswer()).busy) await page.waitForTimeout(50);
  return page.evaluate(() => /** @type {any} */ (globalThis).questionTimes);
}

/** Runs in the page, before the app. */
function watchQuestions() {
  /** @type {Partial<Times>} */
  let times = {};
  let messages = 0;
  Object.defineProperty(globalThis, 'questionTimes', { get: () => times });
  // A list that is always current: a search after each change of the page would be measured too.
  const articles = document.getElementsByTagName('article');
  addEventListener(
    'keydown',
    ({ key }) => {
      if (key !== 'Enter') return;
      times = { keyMs: performance.now() };
      messages = articles.length;
    },
    { capture: true },
  );
  const port = MessagePort.prototype;
  const send = port.postMessage;
  port.postMessage = function (/** @type {any[]} */ ...args) {
    if (args[0]?.type === 'generate') times.sentMs ??= performance.now();
    return Reflect.apply(send, this, args);
  };
  const property = Object.getOwnPropertyDescriptor(port, 'onmessage');
  Object.defineProperty(port, 'onmessage', {
    ...property,
    set(receive) {
      property?.set?.call(this, (/** @type {MessageEvent} */ event) => {
        const { type, text, usage } = event.data ?? {};
        if (type === 'token' && text !== '') times.tokenMs ??= performance.now();
        if (type === 'done') times.engineMs ??= usage?.prefillMs;
        receive(event);
      });
    },
  });
  new MutationObserver(() => {
    if (times.tokenMs === undefined || times.shownMs !== undefined) return;
    // The question, and then the answer.
    const text = articles[messages + 1]?.querySelector('[data-part="text"]');
    if (text?.textContent.trim()) times.shownMs = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
