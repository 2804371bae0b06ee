// A browser profile on disk that outlives its browser, as in real use; Playwright's own contexts keep IndexedDB
// in memory.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromiumOptions, locale } from '../../scripts/chromium-options.mjs';

/** Enough for the start-up work of a new page. */
const settleMs = 2000;

/**
 * Each page is the first of a new browser process, with the profile as the last one left it.
 * @param {{ executablePath: string }} browser
 */
export async function makeProfile({ executablePath }) {
  const { chromium } = await import('playwright');
  const folder = await mkdtemp(path.join(tmpdir(), 'corral-bench-'));
  return {
    /**
     * @template T
     * @param {string} url
     * @param {(page: import('playwright').Page, browserPid: number) => Promise<T>} work
     * @returns {Promise<T>}
     */
    async withPage(url, work) {
      const options = { ...chromiumOptions({ executablePath, webGpu: true }), locale };
      const context = await chromium.launchPersistentContext(folder, options);
      try {
        const page = context.pages()[0] ?? (await context.newPage());
        await page.goto(url);
        await pause(settleMs);
        return await work(page, await browserPid(context));
      } finally {
        await context.close();
      }
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** @param {import('playwright').BrowserContext} context */
async function browserPid(context) {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  const pid = processInfo.find(({ type }) => type === 'browser')?.id;
  if (pid === undefined) throw new Error('Chromium does not tell its process');
  return pid;
}
