// `npm run screens`: takes every screen of the built app, as a phone and a desktop show it, light and dark, one
// picture a screen, into docs/screens.
import { mkdirSync } from 'node:fs';
import { withBuiltApp } from './built-app.mjs';
import { runScript, say } from './entry-point.mjs';
import { inProject } from './project.mjs';
import { drawSheet } from './screens/sheet.mjs';
import { takeTour } from './screens/tour.mjs';

await runScript(async () => {
  await withBuiltApp(async (browser, url) => {
    /** @type {Map<string, import('./screens/sheet.mjs').Picture[]>} */
    const pictures = new Map();
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      for (const device of /** @type {const} */ (['phone', 'desktop'])) {
        say(`Screens: ${device}, ${scheme} …`);
        for (const { screen, png } of await takeTour(browser, url, { device, scheme })) {
          pictures.set(screen, [...(pictures.get(screen) ?? []), { device, scheme, png }]);
        }
      }
    }
    mkdirSync(inProject('docs', 'screens'), { recursive: true });
    for (const [screen, taken] of pictures) {
      await drawSheet(browser, taken, inProject('docs', 'screens', `${screen}.jpg`));
    }
  });
  say('docs/screens: written.');
  return 0;
});
