// Opens the built app in a headless browser, with its own server; needs the set-up and a build.
import { AppPage } from './app-page.mjs';
import { chromiumOptions, locale } from './chromium-options.mjs';
import { say } from './entry-point.mjs';
import { firefoxOptions } from './firefox-options.mjs';
import { ForeseenError, lastLine, wholeMessage } from './foreseen-error.mjs';
import { serveBuiltApp } from './serving.mjs';
import { browserPlaces } from './set-up/browser-places.mjs';
import { provideBrowser } from './set-up/browser.mjs';
import { WebKitDriver } from './webkit/driver.mjs';
import { WebKitPage } from './webkit/page.mjs';
import { WebKitSession } from './webkit/session.mjs';

/**
 * @template {import('playwright').Page | WebKitPage} [P=import('playwright').Page]
 * @typedef {object} AppSession
 * @property {AppPage} app
 * @property {P} page For what the driver does not offer.
 * @property {string} url
 * @property {() => Promise<void>} close Ends the browser and the server.
 */

/**
 * Each session starts with empty storage: the first message downloads the model from the server.
 * @param {object} [options]
 * @param {'chromium' | 'firefox'} [options.browser]
 * @param {boolean} [options.webGpu] With a software WebGPU adapter.
 * @returns {Promise<AppSession>}
 */
export async function openApp({ browser: name = 'chromium', webGpu = false } = {}) {
  const { executablePath } = await provideBrowser(name);
  const playwright = await import('playwright');
  return openIn(async (url, atEnd) => {
    const options = { executablePath, webGpu };
    const launched =
      name === 'chromium'
        ? playwright.chromium.launch(chromiumOptions(options))
        : playwright.firefox.launch(firefoxOptions(options));
    const browser = await launched.catch((error) => {
      const reason = lastLine(wholeMessage(error));
      throw new ForeseenError(`${browserPlaces[name].title} did not start: ${reason}`);
    });
    atEnd(() => browser.close());
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    page.on('pageerror', (error) => say(`Page error: ${error.message}`));
    await page.goto(url);
    return page;
  });
}

/**
 * The same in WebKit, which Playwright does not drive.
 * @returns {Promise<AppSession<WebKitPage>>}
 */
export async function openAppInWebKit() {
  const { executablePath } = await provideBrowser('webkit');
  return openIn(async (url, atEnd) => {
    const driver = await WebKitDriver.start(executablePath);
    atEnd(async () => driver.stop());
    const page = await WebKitPage.current(await WebKitSession.open(driver));
    await page.goto(url);
    return page;
  });
}

/**
 * @template {import('playwright').Page | WebKitPage} P
 * @param {(url: string, atEnd: (end: () => Promise<void>) => void) => Promise<P>} openPage
 * @returns {Promise<AppSession<P>>}
 */
async function openIn(openPage) {
  const server = await serveBuiltApp({ port: 0 });
  /** @type {(() => Promise<void>)[]} */
  const ends = [() => server.close()];
  const close = async () => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const page = await openPage(server.url, (end) => ends.push(end));
    return { app: new AppPage(page), page, url: server.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
