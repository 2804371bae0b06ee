// `npm run screens`: takes every screen of the built app, as a phone and a desktop show it, light and dark, one
// picture a screen, into docs/screens.
import { mkdirSync } from 'node:fs';
import { chromiumOptions } from './chromium-options.mjs';
import { runScript, say } from './entry-point.mjs';
import { inProject } from './project.mjs';
import { drawSheet } from './screens/sheet.mjs';
import { takeTour } from './screens/tour.mjs';
import { buildApp, serveBuiltApp } from './serving.mjs';
import { provideBrowser } from './set-up/browser.mjs';
import { installDependencies } from './set-up/dependencies.mjs';
import { provideModels } from './set-up/models.mjs';

await runScript(async () => {
  await installDependencies();
  const { executablePath } = await provideBrowser();
  const { chromium } = await import('playwright');
  await provideModels();
  await buildApp();
  const server = await serveBuiltApp({ port: 0 });
  const browser = await chromium.launch(chromiumOptions({ executablePath }));
  try {
    /** @type {Map<string, import('./screens/sheet.mjs').Picture[]>} */
    const pictures = new Map();
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      for (const device of /** @type {const} */ (['phone', 'desktop'])) {
        say(`Screens: ${device}, ${scheme} …`);
        for (const { screen, png } of await takeTour(browser, server.url, { device, scheme })) {
          pictures.set(screen, [...(pictures.get(screen) ?? []), { device, scheme, png }]);
        }
      }
    }
    mkdirSync(inProject('docs', 'screens'), { recursive: true });
    for (const [screen, taken] of pictures) {
      await drawSheet(browser, taken, inProject('docs', 'screens', `${screen}.jpg`));
    }
  } finally {
    await browser.close();
    await server.close();
  }
  say('docs/screens: written.');
  return 0;
});
