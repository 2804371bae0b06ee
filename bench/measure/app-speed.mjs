// The app's speed in use, read from the stats that it stores with each answer.
import { setTimeout as pause } from 'node:timers/promises';

/** @typedef {import('../../scripts/app-session.mjs').AppSession} AppSession */

/**
 * Asks in a new chat and stops after about `answerTokens`.
 * @param {Pick<AppSession, 'app' | 'page'>} session
 * @param {string} question
 * @param {number} answerTokens
 * @returns {Promise<import('./statistics.mjs').Speed & { promptTokens: number }>}
 */
export async function askForSpeed(session, question, answerTokens) {
  await startNewChat(session.page);
  return speedOf(await askForStats(session, question, answerTokens));
}

/**
 * Asks the chat's next question and stops after about `answerTokens`.
 * @param {Pick<AppSession, 'app' | 'page'>} session
 * @param {string} question
 * @param {number} answerTokens
 */
export async function askForStats({ app, page }, question, answerTokens) {
  await app.send(question);
  // English prose has about 4.5 characters a token.
  await page.evaluate(stopAtLength, answerTokens * 4.5);
  const { failure } = await app.readAnswer();
  if (failure) throw new Error(`the app answered with ${failure.code}: ${failure.message}`);
  return storedStats(page);
}

/**
 * @param {import('../../src/core/chat/conversation').AnswerStats} stats
 * @returns {import('./statistics.mjs').Speed & { promptTokens: number }}
 */
function speedOf({ promptTokens, cachedTokens, timeToFirstTokenMs, tokensPerSecond }) {
  return {
    promptTokens,
    prefillTokensPerS: (promptTokens - cachedTokens) / (timeToFirstTokenMs / 1000),
    decodeTokensPerS: tokensPerSecond,
  };
}

/**
 * Waits for the whole answer.
 * @param {Pick<AppSession, 'app' | 'page'>} session
 * @returns {Promise<import('./statistics.mjs').Speed & { text: string, tokens: number }>}
 */
export async function readWholeAnswer({ app, page }) {
  await page.evaluate(stopAtLength, Infinity);
  const { failure, text } = await app.readAnswer();
  if (failure) throw new Error(`the app answered with ${failure.code}: ${failure.message}`);
  const stats = await storedStats(page);
  return { text, tokens: stats.completionTokens, ...speedOf(stats) };
}

/**
 * Asks in a new chat. The load time is from the question to the first prefill.
 * @param {Pick<AppSession, 'app' | 'page'>} session
 * @param {string} question
 * @param {{ limitMs?: number }} [options]
 */
export async function loadAndAsk({ app, page }, question, { limitMs = 120_000 } = {}) {
  await startNewChat(page);
  const startMs = performance.now();
  await app.send(question);
  await page.getByRole('status', { name: 'Model' }).waitFor({ state: 'visible' });
  await page.getByRole('status', { name: 'Model' }).waitFor({ state: 'hidden', timeout: limitMs });
  const loadS = (performance.now() - startMs) / 1000;
  return { ...(await readWholeAnswer({ app, page })), loadS };
}

/**
 * Runs in the page: polling from outside would take a tenth of the two cores' time.
 * @param {number} characters
 */
async function stopAtLength(characters) {
  const article = [...document.querySelectorAll('article[aria-label="Answer"]')].at(-1);
  const text = article?.querySelector('[data-part="text"]');
  const stop = [...document.querySelectorAll('button')].find((one) => one.innerText === 'Stop');
  while (article?.getAttribute('aria-busy') === 'true') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    if ((text?.textContent.length ?? 0) > characters) stop?.click();
  }
}

/**
 * Milliseconds from the click on Stop until the answer is marked as ended.
 * @param {AppSession} session
 * @param {'decoding' | 'prefill'} when
 */
export async function timeStop({ app, page }, when) {
  await startNewChat(page);
  const filler = 'The llama walks over the hill and looks at the sea. '.repeat(60);
  await app.send(when === 'decoding' ? 'Write a long story about a llama.' : `Retell: ${filler}`);
  for (;;) {
    const { text } = await app.readAnswer();
    if (when === 'decoding' ? text.length > 60 : (await readingPercent(page)) > 5) break;
    await pause(50);
  }
  return page.evaluate(async () => {
    const articles = document.querySelectorAll('article[aria-label="Answer"]');
    const article = articles[articles.length - 1];
    const stop = [...document.querySelectorAll('button')].find((one) => one.innerText === 'Stop');
    const startMs = performance.now();
    stop?.click();
    while (article?.getAttribute('aria-busy') === 'true') {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return Math.round(performance.now() - startMs);
  });
}

/**
 * Serves the page without the isolation headers, so that the engine has one thread.
 * @param {import('playwright').Page} page
 */
export async function dropIsolation(page) {
  await page.route(page.url(), async (route) => {
    const response = await route.fetch();
    const headers = Object.fromEntries(
      Object.entries(response.headers()).filter(([name]) => !name.startsWith('cross-origin-')),
    );
    await route.fulfill({ response, headers });
  });
  await page.reload();
}

/** @param {import('playwright').Page} page */
export async function startNewChat(page) {
  const button = page.getByRole('button', { name: 'New chat' });
  if (await button.isEnabled()) await button.click();
}

/** @param {import('playwright').Page} page */
async function readingPercent(page) {
  const words = await page.getByRole('article', { name: 'Answer' }).last().innerText();
  return Number(/(\d+) %/.exec(words)?.[1] ?? 0);
}

/**
 * @param {import('playwright').Page} page
 * @returns {Promise<import('../../src/core/chat/conversation').AnswerStats>}
 */
async function storedStats(page) {
  await pause(300); // the last save is still under way
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('corral-conversations');
        opening.onsuccess = () => {
          const records = opening.result.transaction('records').objectStore('records');
          const current = records.get('current');
          current.onsuccess = () => {
            const record = records.get(`conversation:${current.result}`);
            record.onsuccess = () => {
              const stats = record.result?.turns.at(-1)?.stats;
              if (stats) resolve(stats);
              else reject(new Error('the answer has no stats'));
            };
          };
        };
      }),
  );
}
