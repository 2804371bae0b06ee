// The built app with its own server and a browser, for scripts that take screenshots.
import { chromiumOptions } from './chromium-options.mjs';
import { buildApp, serveBuiltApp } from './serving.mjs';
import { provideBrowser } from './set-up/browser.mjs';
import { installDependencies } from './set-up/dependencies.mjs';
import { provideModels } from './set-up/models.mjs';

/**
 * Sets up what is missing and builds; after the work, ends the browser and the server.
 * @param {(browser: import('playwright').Browser, url: string) => Promise<void>} work
 */
export async function withBuiltApp(work) {
  await installDependencies();
  const { executablePath } = await provideBrowser();
  const { chromium } = await import('playwright');
  await provideModels();
  await buildApp();
  const server = await serveBuiltApp({ port: 0 });
  const browser = await chromium.launch(chromiumOptions({ executablePath }));
  try {
    await work(browser, server.url);
  } finally {
    await browser.close();
    await server.close();
  }
}
