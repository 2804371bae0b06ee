// `npm run screens`: takes every screen of the built app, as a phone and a desktop show it, light and dark, one
// picture a screen. Chromium's go into docs/screens, those of `--browser firefox` or `webkit` into test-results.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { withBuiltApp } from './built-app.mjs';
import { runScript, say } from './entry-point.mjs';
import { ForeseenError } from './foreseen-error.mjs';
import { inProject } from './project.mjs';
import { inFirefox, inNewContext, inWebKit } from './screens/empty-page.mjs';
import { sampleChats } from './screens/sample-chats.mjs';
import { drawSheet } from './screens/sheet.mjs';
import { takeTour } from './screens/tour.mjs';
import { browserNames } from './set-up/browser-places.mjs';

await runScript(async () => {
  const name = readBrowser();
  const folder =
    name === 'chromium' ? inProject('docs', 'screens') : inProject('test-results', 'screens', name);
  const samplesFolder = mkdtempSync(path.join(tmpdir(), 'corral-screens-'));
  const samples = path.join(samplesFolder, 'chats.json');
  writeFileSync(samples, sampleChats(Date.now()));
  await withBuiltApp(async (chromium, url) => {
    const inPage = {
      chromium: inNewContext.bind(null, chromium),
      firefox: inFirefox,
      webkit: inWebKit,
    }[name];
    /** @type {Map<string, import('./screens/sheet.mjs').Picture[]>} */
    const pictures = new Map();
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      for (const device of /** @type {const} */ (['phone', 'desktop'])) {
        say(`Screens: ${device}, ${scheme} …`);
        await inPage(device, async (page) => {
          for (const { screen, png } of await takeTour(page, url, { device, scheme, samples })) {
            pictures.set(screen, [...(pictures.get(screen) ?? []), { device, scheme, png }]);
          }
        });
      }
    }
    mkdirSync(folder, { recursive: true });
    for (const [screen, taken] of pictures) {
      await drawSheet(chromium, taken, path.join(folder, `${screen}.jpg`));
    }
  }).finally(() => rmSync(samplesFolder, { recursive: true }));
  say(`${path.relative(inProject(), folder)}: written.`);
  return 0;
});

/** @throws {ForeseenError} Where there is no such browser. */
function readBrowser() {
  const { values } = parseArgs({ options: { browser: { type: 'string', default: 'chromium' } } });
  const name = browserNames.find((known) => known === values.browser);
  if (name === undefined) throw new ForeseenError(`There is no browser "${values.browser}".`);
  return name;
}
