// `npm run screens`: takes a screenshot of every screen of the built app, for phone and desktop, light and
// dark, in one picture a screen. Chromium's go into docs/screens, those of `--browser firefox` or `webkit` into
// test-results.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { withBuiltApp } from './built-app.mjs';
import { runScript, say } from './entry-point.mjs';
import { ForeseenError } from './foreseen-error.mjs';
import { inProject } from './project.mjs';
import { withPages } from './screens/empty-pages.mjs';
import { sampleChats } from './screens/sample-chats.mjs';
import { drawSheet } from './screens/sheet.mjs';
import { takeTour } from './screens/tour.mjs';
import { browserNames } from './set-up/browser-places.mjs';

const looks = /** @type {const} */ ([
  { device: 'phone', scheme: 'light' },
  { device: 'desktop', scheme: 'light' },
  { device: 'phone', scheme: 'dark' },
  { device: 'desktop', scheme: 'dark' },
]);

await runScript(async () => {
  const name = readBrowser();
  const folder =
    name === 'chromium' ? inProject('docs', 'screens') : inProject('test-results', 'screens', name);
  await withBuiltApp(async (chromium, url) => {
    /** @type {Map<string, import('./screens/sheet.mjs').Picture[]>} */
    const pictures = new Map();
    await withPages(name, chromium, async (inPage) => {
      for (const look of looks) {
        say(`Screens: ${look.device}, ${look.scheme} …`);
        await inPage(look.device, async (page) => {
          await withSamples(async (samples) => {
            for (const { screen, png } of await takeTour(page, url, { ...look, samples })) {
              pictures.set(screen, [...(pictures.get(screen) ?? []), { ...look, png }]);
            }
          });
        });
      }
    });
    mkdirSync(folder, { recursive: true });
    for (const [screen, taken] of pictures) {
      await drawSheet(chromium, taken, path.join(folder, `${screen}.jpg`));
    }
  });
  say(`${path.relative(inProject(), folder)}: written.`);
  return 0;
});

/** @param {(file: string) => Promise<void>} work Gets the path of a file of chats. */
async function withSamples(work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'corral-screens-'));
  try {
    const file = path.join(folder, 'chats.json');
    writeFileSync(file, sampleChats(Date.now()));
    await work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @throws {ForeseenError} Where there is no such browser. */
function readBrowser() {
  const { values } = parseArgs({ options: { browser: { type: 'string', default: 'chromium' } } });
  const name = browserNames.find((known) => known === values.browser);
  if (name === undefined) throw new ForeseenError(`There is no browser "${values.browser}".`);
  return name;
}
