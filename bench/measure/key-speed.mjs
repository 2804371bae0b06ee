// The cost of a key press in a chat of a thousand messages, and the time until it is drawn, compared with a
// page that has only a text field.
import { round } from './statistics.mjs';
import { taskMs, watchThread } from './thread-time.mjs';

/** @typedef {import('playwright').Page} Page */

const text = 'The llama walks over the hill and looks at the sea again. '.repeat(2);
/** Long enough for a key's last frame. */
const restMs = 60;

/**
 * Milliseconds, the 95th percentile of some hundred keys. `key_ms` is the main thread's work for a key, up to
 * its paint. `key_frame_ms` is from the key to the next frame; even an idle browser waits up to 16.7 ms for it,
 * so the bare page is measured too.
 * @param {Page} page With a long chat open.
 */
export async function measureKeys(page) {
  const app = page.getByRole('textbox', { name: 'Message' });
  await app.focus();
  const work = await timeWork(page);
  const frame = await timeFrames(page);
  const bare = await page.context().newPage();
  await bare.setContent('<textarea aria-label="Message"></textarea>');
  await bare.getByRole('textbox').focus();
  const bareWork = await timeWork(bare);
  const bareFrame = await timeFrames(bare);
  await bare.close();
  return {
    key_ms: worst(work),
    key_bare_ms: worst(bareWork),
    key_frame_ms: worst(frame),
    key_frame_bare_ms: worst(bareFrame),
  };
}

/** @param {Page} page Its text field has the focus. */
async function timeWork(page) {
  const session = await watchThread(page);
  const times = [];
  for (const key of text) {
    const before = await taskMs(session);
    await page.keyboard.type(key);
    await page.waitForTimeout(restMs);
    times.push((await taskMs(session)) - before);
  }
  await session.detach();
  return times;
}

/** @param {Page} page Its text field has the focus. */
async function timeFrames(page) {
  await page.evaluate(() => {
    /** @type {number[]} */
    const times = [];
    addEventListener(
      'keydown',
      () => {
        const startMs = performance.now();
        requestAnimationFrame(() => {
          // A message comes after the frame's style, layout and paint.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => times.push(performance.now() - startMs);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
    Object.assign(globalThis, { keyTimes: times });
  });
  await page.keyboard.type(text, { delay: restMs });
  return page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (globalThis).keyTimes));
}

/** @param {readonly number[]} times */
function worst(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * 0.95)] ?? NaN);
}
