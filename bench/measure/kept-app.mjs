// Three visits to the app with one browser profile: the first, a later one, and one without a server.
import { setTimeout as pause } from 'node:timers/promises';
import { AppPage } from '../../scripts/app-page.mjs';
import { chromiumOptions, locale } from '../../scripts/chromium-options.mjs';
import { serveBuiltApp } from '../../scripts/serving.mjs';
import { provideBrowser } from '../../scripts/set-up/browser.mjs';

/** The CPU engine's files are stored last: once they are, everything is. */
const lastPart = ':wllama-threads';

/**
 * Needs the set-up and a build.
 * @returns {Promise<{
 *   composerMs: { cold: number, warm: number, offline: number },
 *   keptBytes: { app: number, cpuEngine: number },
 * }>}
 */
export async function visitThrice() {
  const { executablePath } = await provideBrowser();
  const { chromium } = await import('playwright');
  const server = await serveBuiltApp({ port: 0 });
  const browser = await chromium.launch(chromiumOptions({ executablePath }));
  try {
    const context = await browser.newContext({ locale });
    const first = await context.newPage();
    const cold = await timeComposer(first, server.url);
    const keptBytes = await waitUntilKept(first);
    await first.close();
    const warm = await timeComposer(await context.newPage(), server.url);
    await server.close();
    const offline = await timeComposer(await context.newPage(), server.url);
    return { composerMs: { cold, warm, offline }, keptBytes };
  } finally {
    await browser.close();
    await server.close().catch(() => {}); // it may be closed already
  }
}

/**
 * Milliseconds from the navigation until the message field has taken a key.
 * @param {import('playwright').Page} page
 * @param {string} url
 */
async function timeComposer(page, url) {
  const { composer } = new AppPage(page);
  const startMs = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await composer.press('a');
  const elapsedMs = performance.now() - startMs;
  // The field still has the draft of the visit before.
  if (!(await composer.inputValue()).endsWith('a')) throw new Error('a key was lost');
  return elapsedMs;
}

/** @param {import('playwright').Page} page */
async function waitUntilKept(page) {
  const isKept = () =>
    page.evaluate(async (end) => {
      const names = (await caches.keys()).filter((name) => name.endsWith(end));
      const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().length >= 2; // the worker's script and its wasm
    }, lastPart);
  const startMs = performance.now();
  while (!(await isKept())) {
    if (performance.now() - startMs > 60_000) throw new Error('the app was not kept in a minute');
    await pause(250);
  }
  return page.evaluate(async (end) => {
    let [app, cpuEngine] = [0, 0];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const bytes = (await (await cache.match(request))?.blob())?.size ?? 0;
        if (name.endsWith(':app')) app += bytes;
        if (name.endsWith(end)) cpuEngine += bytes;
      }
    }
    return { app, cpuEngine };
  }, lastPart);
}
