// `npm run images`: draws the manifest's icons from public/icon.svg and takes its screenshots of the built app.
import { mkdirSync, readFileSync } from 'node:fs';
import { AppPage } from './app-page.mjs';
import { withBuiltApp } from './built-app.mjs';
import { locale } from './chromium-options.mjs';
import { runScript, say } from './entry-point.mjs';
import { inProject } from './project.mjs';

/** A system crops a maskable icon, at most to a circle of 80 % of its width. */
const icons = [
  { file: 'any-192.png', size: 192, bleeds: false },
  { file: 'any-512.png', size: 512, bleeds: false },
  { file: 'maskable-192.png', size: 192, bleeds: true },
  { file: 'maskable-512.png', size: 512, bleeds: true },
  { file: 'apple-touch-180.png', size: 180, bleeds: true },
];

const screenshots = [
  { file: 'wide.png', width: 1280, height: 800, scale: 1 },
  { file: 'narrow.png', width: 390, height: 844, scale: 2 },
];

await runScript(async () => {
  await withBuiltApp(async (browser, url) => {
    await drawIcons(browser);
    for (const screenshot of screenshots) await takeScreenshot(browser, url, screenshot);
  });
  say('public/icons and public/screenshots: written.');
});

/** @param {import('playwright').Browser} browser */
async function drawIcons(browser) {
  mkdirSync(inProject('public', 'icons'), { recursive: true });
  const svg = readFileSync(inProject('public', 'icon.svg'), 'utf8');
  for (const { file, size, bleeds } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<body style="margin: 0">${svg}</body>`);
    await page.locator('svg').evaluate((root, toTheEdge) => {
      if (!toTheEdge) return;
      root.querySelector('rect')?.removeAttribute('rx');
      root.querySelector('g')?.setAttribute('transform', 'translate(3.2 3.2) scale(0.9)');
    }, bleeds);
    await page.screenshot({ path: inProject('public', 'icons', file), omitBackground: true });
    await page.close();
  }
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @param {typeof screenshots[number]} screenshot
 */
async function takeScreenshot(browser, url, { file, width, height, scale }) {
  mkdirSync(inProject('public', 'screenshots'), { recursive: true });
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    locale,
  });
  const page = await context.newPage();
  await page.goto(url);
  const app = new AppPage(page);
  await app.send('What is the capital of France?');
  for await (const answer of app.watchAnswer()) if (!answer.busy) break;
  await page.screenshot({ path: inProject('public', 'screenshots', file) });
  await context.close();
}
