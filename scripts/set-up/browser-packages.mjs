// Installs browsers from the packages of Debian and its derivatives.
import { readdirSync } from 'node:fs';
import { say } from '../entry-point.mjs';
import { findBrowser, findOnPath } from './browser-places.mjs';
import { runProgram } from './run-program.mjs';

/** @typedef {import('./browser-places.mjs').BrowserName} BrowserName */

/**
 * The packages of each browser. MiniBrowser, which WebKit's driver starts, is in a dependency of the driver's
 * package; Mesa's Vulkan is the software adapter for Firefox's WebGPU.
 * @type {Readonly<Record<BrowserName, readonly { package: string, isThere: () => boolean }[]>>}
 */
const parts = {
  chromium: [{ package: 'chromium', isThere: () => findBrowser('chromium') !== null }],
  firefox: [
    { package: 'firefox-esr', isThere: () => findBrowser('firefox') !== null },
    { package: 'mesa-vulkan-drivers', isThere: hasVulkanDriver },
  ],
  webkit: [
    { package: 'webkit2gtk-driver', isThere: () => findBrowser('webkit') !== null },
    { package: 'xvfb', isThere: () => findOnPath('Xvfb') !== null },
  ],
};

/** @returns {boolean} True if Vulkan finds a driver, or if no package is needed on this system. */
function hasVulkanDriver() {
  if (process.platform !== 'linux') return true;
  return ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'].some((folder) => {
    try {
      return readdirSync(folder).length > 0;
    } catch {
      return false;
    }
  });
}

/**
 * @param {BrowserName} name
 * @returns {string[]} The packages that this machine lacks.
 */
export function missingPackages(name) {
  return parts[name].filter((part) => !part.isThere()).map((part) => part.package);
}

/**
 * One call of apt-get for all; does nothing if it cannot be called. Packages that the system's archive lacks
 * are left out, since apt-get would then install none.
 * @param {readonly string[]} packages
 */
export async function installPackages(packages) {
  if (packages.length === 0 || process.getuid?.() !== 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const update = await runProgram('apt-get', ['update'], { env });
  if (update.status === 'missing') return;
  const offered = [];
  for (const name of packages) {
    const { output } = await runProgram('apt-cache', ['policy', name], { env });
    if (/Candidate: (?!\(none\))/.test(output)) offered.push(name);
  }
  if (offered.length === 0) return;
  say(`Browsers: installing ${offered.join(', ')} with apt-get …`);
  const args = ['install', '--yes', '--no-install-recommends', ...offered];
  const { status, output } = await runProgram('apt-get', args, { env });
  if (status !== 0) say(`Browsers: apt-get failed: ${output.trim().split('\n').at(-1)}`);
}
