// Provides the browsers for the tests and for `npm run ask`; needs the dependencies.
import { isEntryPoint, runScript, say } from '../entry-point.mjs';
import { ForeseenError } from '../foreseen-error.mjs';
import { inProject } from '../project.mjs';
import { installPackages, missingPackages } from './browser-packages.mjs';
import {
  browserNames,
  browserPlaces,
  findBrowser,
  isLeftOut,
  isProgram,
} from './browser-places.mjs';
import { installDependencies } from './dependencies.mjs';
import { runProgram } from './run-program.mjs';

/** @typedef {import('./browser-places.mjs').Browser} Browser */
/** @typedef {import('./browser-places.mjs').BrowserName} BrowserName */

/** Playwright's download either starts at once or hangs on a closed network. */
const playwrightLimitMs = 120_000;
/** A program that cannot start, such as a snap's, fails at once. */
const startLimitMs = 20_000;

/**
 * @param {BrowserName} [name]
 * @returns {Promise<Browser>}
 * @throws {ForeseenError} If there is none and none can be installed.
 */
export async function provideBrowser(name = 'chromium') {
  const browser = (await provideBrowsers([name])).get(name);
  if (browser !== undefined) return browser;
  const { title, variable } = browserPlaces[name];
  throw new ForeseenError(
    `No ${title} was found and none could be installed; install it, or set ${variable} to its path.`,
  );
}

/**
 * Tries the one that the environment names, then the system's, then the system's packages, and for Chromium
 * Playwright's own. All missing packages are installed together. Browsers that the environment excludes are
 * skipped silently.
 * @param {readonly BrowserName[]} names
 * @returns {Promise<Map<BrowserName, Browser>>} Without the unavailable ones; each of those gets a line of
 * output.
 */
export async function provideBrowsers(names) {
  const wanted = names.filter((name) => !isLeftOut(name));
  await installPackages((await Promise.all(wanted.map(packagesFor))).flat());
  const browsers = new Map();
  for (const name of wanted) {
    const { title, variable } = browserPlaces[name];
    const browser = await presentBrowser(name);
    if (browser === null) {
      const missing = missingPackages(name).join(' and ') || title;
      say(`${title}: none; install ${missing}, or set ${variable} to the path of its program.`);
    } else {
      say(`${title}: ${browser.executablePath} (from ${browser.source}).`);
      browsers.set(name, browser);
    }
  }
  return browsers;
}

/**
 * @param {BrowserName} name
 * @returns {Promise<string[]>} None if the environment names the browser, or Playwright has it already.
 */
async function packagesFor(name) {
  const missing = missingPackages(name);
  return name === 'chromium' && missing.length > 0 && (await playwrightBrowser()) ? [] : missing;
}

/**
 * @param {BrowserName} name
 * @returns {Promise<Browser | null>}
 */
async function presentBrowser(name) {
  const browser = findBrowser(name);
  if (name === 'chromium') {
    return browser ?? (await playwrightBrowser()) ?? (await downloadFromPlaywright());
  }
  // On other systems, such as macOS, a driver needs no virtual display.
  const needsAll = name === 'webkit' && process.platform === 'linux';
  if (needsAll && missingPackages(name).length > 0) return null;
  return browser !== null && (await starts(name, browser.executablePath)) ? browser : null;
}

/**
 * @param {BrowserName} name
 * @param {string} executablePath
 */
async function starts(name, executablePath) {
  // On Windows, --version opens a window.
  if (process.platform !== 'linux') return true;
  const question = name === 'webkit' ? '--help' : '--version';
  const { status } = await runProgram(executablePath, [question], { timeoutMs: startLimitMs });
  return status === 0;
}

/** @returns {Promise<Browser | null>} The one that Playwright has downloaded before, if it starts. */
async function playwrightBrowser() {
  const { chromium } = await import('playwright');
  const executablePath = chromium.executablePath();
  // On a bare Linux it may lack system libraries.
  const isUsable = isProgram(executablePath) && (await starts('chromium', executablePath));
  return isUsable ? { executablePath, source: 'Playwright' } : null;
}

/** @returns {Promise<Browser | null>} */
async function downloadFromPlaywright() {
  say('Chromium: none found; downloading Playwright’s …');
  const args = [
    inProject('node_modules', 'playwright', 'cli.js'),
    'install',
    '--no-shell',
    'chromium',
  ];
  const { status } = await runProgram(process.execPath, args, { timeoutMs: playwrightLimitMs });
  if (status === 0) return playwrightBrowser();
  say('Chromium: Playwright’s could not be downloaded.');
  return null;
}

if (isEntryPoint(import.meta.url)) {
  await runScript(async () => {
    await installDependencies();
    await provideBrowsers(browserNames);
  });
}
