// The size of all JavaScript that is loaded before the composer takes a key; needs a build.
import { gzipSync } from 'node:zlib';
import { AppPage } from '../../scripts/app-page.mjs';
import { openApp } from '../../scripts/app-session.mjs';
import { locale } from '../../scripts/chromium-options.mjs';

/** Kilobytes of a thousand bytes. */
export const limits = { first_load_js_kb_gzip: 70 };

/**
 * Opens the app in a page with empty storage. Counts what was requested before the message field appeared, by
 * the page's own clock, so that a slow check does not matter.
 * @param {import('playwright').Page} page
 * @param {string} url
 * @returns {Promise<{ scripts: number, bytes: number, gzipBytes: number }>}
 */
export async function readFirstLoad(page, url) {
  /** @type {Map<string, Promise<Buffer>>} */
  const scripts = new Map();
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) {
      const body = response.body();
      body.catch(() => {}); // later bodies are not read
      scripts.set(response.url(), body);
    }
  });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('textarea')) return;
      performance.mark('message field');
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url);
  const { composer } = new AppPage(page);
  await composer.press('a');
  if ((await composer.inputValue()) !== 'a') throw new Error('the message field took no key');
  const before = await page.evaluate(() => {
    const [field] = performance.getEntriesByName('message field');
    const loads = performance.getEntriesByType('resource');
    return loads
      .filter((load) => field && load.startTime < field.startTime)
      .map(({ name }) => name);
  });
  const bodies = await Promise.all(
    [...new Set(before)].flatMap((address) => scripts.get(address) ?? []),
  );
  if (bodies.length === 0) throw new Error('the page loaded no script');
  const sum = (/** @type {(body: Buffer) => number} */ size) =>
    bodies.reduce((total, body) => total + size(body), 0);
  return {
    scripts: bodies.length,
    bytes: sum((body) => body.length),
    gzipBytes: sum((body) => gzipSync(body).length),
  };
}

/** Measures a first visit in a new browser: nothing is stored, and no service worker answers. */
export async function measureFirstLoad() {
  const session = await openApp();
  try {
    const context = await session.page.context().browser()?.newContext({ locale });
    if (!context) throw new Error('the session has no browser');
    return await readFirstLoad(await context.newPage(), session.url);
  } finally {
    await session.close();
  }
}

/** @returns {Promise<Record<string, number>>} */
export async function measure() {
  const { gzipBytes } = await measureFirstLoad();
  return { first_load_js_kb_gzip: Math.round(gzipBytes / 100) / 10 };
}
