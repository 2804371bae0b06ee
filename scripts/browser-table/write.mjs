// Writes the table of what works in which browser into docs/browsers.md.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { say } from '../entry-point.mjs';
import { inProject } from '../project.mjs';
import { runProgram } from '../set-up/run-program.mjs';
import { WebKitDriver } from '../webkit/driver.mjs';
import { WebKitSession } from '../webkit/session.mjs';
import { drawTable, sharesOf } from './table.mjs';

/** @typedef {import('../set-up/browser-places.mjs').Browser} Browser */
/** @typedef {import('../set-up/browser-places.mjs').BrowserName} BrowserName */

const file = inProject('docs', 'browsers.md');
const place = /(<!-- results -->\n)[^]*(\n<!-- end of results -->)/;

/**
 * @param {any} report Playwright's, of `--reporter=json`.
 * @param {ReadonlyMap<BrowserName, Browser>} browsers
 */
export async function writeBrowserTable(report, browsers) {
  /** @type {Map<BrowserName, string>} */
  const versions = new Map();
  for (const [name, { executablePath }] of browsers) {
    versions.set(name, await versionOf(name, executablePath));
  }
  const table = drawTable(sharesOf(report), versions);
  const text = (await readFile(file, 'utf8')).replace(place, `$1\n${table}\n$2`);
  const options = await resolveConfig(file);
  await writeFile(file, await format(text, { ...options, filepath: file }));
  say('docs/browsers.md: written.');
}

/**
 * @param {BrowserName} name
 * @param {string} executablePath
 * @returns {Promise<string>} Such as "Firefox 153.8".
 */
async function versionOf(name, executablePath) {
  if (name === 'webkit') {
    const driver = await WebKitDriver.start(executablePath);
    try {
      return `WebKitGTK ${(await WebKitSession.open(driver)).version}`;
    } finally {
      driver.stop();
    }
  }
  const { output } = await runProgram(executablePath, ['--version']);
  return /(Chromium|Chrome|Firefox)\D*[\d.]+/.exec(output)?.[0] ?? output.trim();
}
