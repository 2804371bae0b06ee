// How much JavaScript comes over the wire before the composer takes a key; needs a build.
import { gzipSync } from 'node:zlib';
import { AppPage } from '../../scripts/app-page.mjs';
import { openApp } from '../../scripts/app-session.mjs';
import { locale } from '../../scripts/chromium-options.mjs';

/** Kilobytes of a thousand bytes. */
export const limits = { first_load_js_kb_gzip: 70 };

/** @returns {Promise<{ scripts: number, bytes: number, gzipBytes: number }>} */
export async function readFirstLoad() {
  const session = await openApp();
  try {
    // A first visit: nothing is stored, and no service worker answers.
    const context = await session.page.context().browser()?.newContext({ locale });
    if (!context) throw new Error('the session has no browser');
    const page = await context.newPage();
    /** @type {Map<string, Promise<Buffer>>} */
    const scripts = new Map();
    page.on('response', (response) => {
      if (/javascript/.test(response.headers()['content-type'] ?? '')) {
        const body = response.body();
        body.catch(() => {}); // of what comes after the key, nobody asks
        scripts.set(response.url(), body);
      }
    });
    await page.goto(session.url);
    const { composer } = new AppPage(page);
    await composer.focus();
    // What the key itself sets off is not waited for by anybody who types.
    const before = [...scripts.values()];
    await composer.press('a');
    if ((await composer.inputValue()) !== 'a') throw new Error('the message field took no key');
    const bodies = await Promise.all(before);
    if (bodies.length === 0) throw new Error('the page loaded no script');
    const sum = (/** @type {(body: Buffer) => number} */ size) =>
      bodies.reduce((total, body) => total + size(body), 0);
    return {
      scripts: bodies.length,
      bytes: sum((body) => body.length),
      gzipBytes: sum((body) => gzipSync(body).length),
    };
  } finally {
    await session.close();
  }
}

/** @returns {Promise<Record<string, number>>} */
export async function measure() {
  const { gzipBytes } = await readFirstLoad();
  return { first_load_js_kb_gzip: Math.round(gzipBytes / 100) / 10 };
}
