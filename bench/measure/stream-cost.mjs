// The main thread's work for a token, at the beginning and at the end of a long answer.
import { chromiumOptions, locale } from '../../scripts/chromium-options.mjs';
import { say } from '../../scripts/entry-point.mjs';
import { provideBrowser } from '../../scripts/set-up/browser.mjs';
import { serveStreamPage } from '../stream-page/serve.mjs';
import { longAnswer } from './long-answer.mjs';
import { taskMs, watchThread } from './thread-time.mjs';

const tokens = 10_000;
/** Faster than any engine here, and slow enough that most frames have one token. */
const tokensPerSecond = 200;
const tenth = tokens / 10;
const warmUpTokens = 1000;

export const limits = { stream_cost_ratio: 1.2, stream_longest_task_ms: 50 };

/** @returns {Promise<Record<string, number>>} */
export async function measure() {
  const { executablePath } = await provideBrowser();
  const { chromium } = await import('playwright');
  const server = await serveStreamPage();
  const browser = await chromium.launch(chromiumOptions({ executablePath }));
  try {
    const page = await (await browser.newContext({ locale })).newPage();
    const session = await watchThread(page);
    /** @type {Map<number, number>} Milliseconds of work on the main thread, by tokens written. */
    const busyMs = new Map();
    await page.exposeFunction('reached', async (/** @type {number} */ written) => {
      busyMs.set(written, await taskMs(session));
    });
    page.on('pageerror', (error) => say(`Page error: ${error.message}`));
    await page.goto(server.url);
    await page.waitForFunction(() => 'writeAnswer' in globalThis);
    // The browser optimises hot code: that must be done before the first tenth is measured.
    await write(page, longAnswer(warmUpTokens), []);
    await page.evaluate(watchLongTasks);
    await write(page, longAnswer(tokens), [1, tenth, tokens - tenth, tokens]);
    const spent = (/** @type {number} */ from, /** @type {number} */ to) =>
      ((busyMs.get(to) ?? NaN) - (busyMs.get(from) ?? NaN)) / tenth;
    const first = spent(1, tenth);
    const last = spent(tokens - tenth, tokens);
    const longTasksMs = await page.evaluate(() => /** @type {any} */ (globalThis).longTasksMs);
    return {
      stream_tokens: tokens,
      stream_first_tenth_ms_per_token: round(first),
      stream_last_tenth_ms_per_token: round(last),
      stream_cost_ratio: round(last / first),
      stream_tasks_over_50_ms: longTasksMs.length,
      // The browser reports only tasks of 50 ms and more: 0 means that there was none.
      stream_longest_task_ms: Math.round(Math.max(0, ...longTasksMs)),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * @param {import('playwright').Page} page
 * @param {string[]} pieces
 * @param {number[]} marks
 */
async function write(page, pieces, marks) {
  await page.evaluate((script) => /** @type {any} */ (globalThis).writeAnswer(script), {
    pieces,
    piecesPerSecond: tokensPerSecond,
    marks,
  });
  // Read at the end only: polling from outside would be measured too.
  const text = await page.evaluate(() => {
    const answers = document.querySelectorAll('article [data-part="text"]');
    return answers[answers.length - 1]?.textContent ?? '';
  });
  if (text.length < pieces.join('').length / 2) throw new Error('the answer was not drawn whole');
}

/** Runs in the page. */
function watchLongTasks() {
  const scope = /** @type {any} */ (globalThis);
  scope.longTasksMs = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) scope.longTasksMs.push(duration);
  }).observe({ type: 'longtask' });
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 1000) / 1000;
}
