// Opens the built app in headless Chromium, on a server of its own; needs the set-up and a build.
import { AppPage } from './app-page.mjs';
import { chromiumOptions, locale } from './chromium-options.mjs';
import { say } from './entry-point.mjs';
import { ForeseenError, lastLine, wholeMessage } from './foreseen-error.mjs';
import { serveBuiltApp } from './serving.mjs';
import { provideBrowser } from './set-up/browser.mjs';

/**
 * @typedef {object} AppSession
 * @property {AppPage} app
 * @property {import('playwright').Page} page For what the driver does not offer.
 * @property {string} url
 * @property {() => Promise<void>} close Ends the browser and the server.
 */

/**
 * Each session starts with empty storage: the first message downloads the model from the server.
 * @param {object} [options]
 * @param {boolean} [options.webGpu] With a software WebGPU adapter.
 * @returns {Promise<AppSession>}
 */
export async function openApp({ webGpu = false } = {}) {
  const { executablePath } = await provideBrowser();
  const { chromium } = await import('playwright');
  const server = await serveBuiltApp({ port: 0 });
  /** @type {import('playwright').Browser | undefined} */
  let browser;
  const close = async () => {
    await browser?.close();
    await server.close();
  };
  try {
    browser = await chromium.launch(chromiumOptions({ executablePath, webGpu })).catch((error) => {
      throw new ForeseenError(`Chromium did not start: ${lastLine(wholeMessage(error))}`);
    });
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    page.on('pageerror', (error) => say(`Page error: ${error.message}`));
    await page.goto(server.url);
    return { app: new AppPage(page), page, url: server.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
