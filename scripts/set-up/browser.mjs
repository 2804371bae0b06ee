// Provides a Chromium for the tests and for asking without a display; needs the dependencies.
import { isEntryPoint, runScript, say } from '../entry-point.mjs';
import { ForeseenError } from '../foreseen-error.mjs';
import { inProject } from '../project.mjs';
import { findBrowser, isProgram } from './browser-places.mjs';
import { installDependencies } from './dependencies.mjs';
import { runProgram } from './run-program.mjs';

/** @typedef {import('./browser-places.mjs').Browser} Browser */

/** Playwright's download either starts at once or hangs on a closed network. */
const playwrightLimitMs = 120_000;

/**
 * @returns {Promise<Browser>} CORRAL_CHROMIUM, else the system's, else Playwright's, else a new one from apt.
 * @throws {ForeseenError} Where there is none and none can be installed.
 */
export async function provideBrowser() {
  const browser =
    findBrowser() ??
    (await playwrightBrowser()) ??
    (await downloadFromPlaywright()) ??
    (await installFromApt());
  if (browser === null) {
    throw new ForeseenError(
      'No Chromium was found and none could be installed; install Chromium or Chrome, or set CORRAL_CHROMIUM to its path.',
    );
  }
  say(`Browser: ${browser.executablePath} (from ${browser.source}).`);
  return browser;
}

/** @returns {Promise<Browser | null>} The one that Playwright has downloaded before, if it starts. */
async function playwrightBrowser() {
  const { chromium } = await import('playwright');
  const executablePath = chromium.executablePath();
  if (!isProgram(executablePath)) return null;
  // On a bare Linux it is there but lacks the system's libraries; on Windows --version opens a window.
  if (process.platform === 'linux') {
    const { status } = await runProgram(executablePath, ['--version'], { timeoutMs: 20_000 });
    if (status !== 0) return null;
  }
  return { executablePath, source: 'Playwright' };
}

/** @returns {Promise<Browser | null>} */
async function downloadFromPlaywright() {
  say('Browser: none found; downloading Playwright’s Chromium …');
  const args = [
    inProject('node_modules', 'playwright', 'cli.js'),
    'install',
    '--no-shell',
    'chromium',
  ];
  const { status } = await runProgram(process.execPath, args, { timeoutMs: playwrightLimitMs });
  if (status === 0) return playwrightBrowser();
  say('Browser: Playwright’s Chromium could not be downloaded.');
  return null;
}

/** @returns {Promise<Browser | null>} */
async function installFromApt() {
  if (process.getuid?.() !== 0) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runProgram('apt-get', ['update'], { env });
  if (update.status === 'missing') return null;
  say('Browser: installing the system’s package chromium with apt-get …');
  const install = ['install', '--yes', '--no-install-recommends', 'chromium'];
  const { status } = await runProgram('apt-get', install, { env });
  return status === 0 ? findBrowser() : null;
}

if (isEntryPoint(import.meta.url)) {
  await runScript(async () => {
    await installDependencies();
    await provideBrowser();
  });
}
