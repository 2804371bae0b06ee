// Finds the copy of Chromium whose software WebGPU adapter is Mesa's lavapipe; makes and installs nothing.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { inProject } from '../project.mjs';

/** Shared by all clones of the project: it holds a browser, and Mesa caches its shaders nearby. */
const cacheFolder = process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
export const lavapipeFolder = path.join(cacheFolder, 'corral', 'lavapipe');
export const shimSource = inProject('scripts', 'set-up', 'lavapipe-shim.c');
export const swiftShader = 'libvk_swiftshader.so';
export const lavapipeDriver = 'libvulkan_lvp.so';
/** Records the sources of the copy. */
const stampName = 'corral-stamp.json';

/**
 * @param {string} folder
 */
export const stampIn = (folder) => path.join(folder, stampName);

/**
 * @param {string} executablePath Chromium's program, or a distribution's start script.
 * @returns {string | null} The program, which is in the same folder as its libraries.
 */
export function chromiumProgram(executablePath) {
  const program = realpathSync(executablePath);
  const name = path.basename(program);
  const places = [program, `/usr/lib/${name}/${name}`];
  const found = places.find((place) => existsSync(path.join(path.dirname(place), swiftShader)));
  return found ?? null;
}

/**
 * @param {string} program
 * @returns {string} Changes with Chromium or the shim.
 */
export function stampOf(program) {
  const { size, mtimeMs } = statSync(program);
  const shim = createHash('sha256').update(readFileSync(shimSource)).digest('hex');
  return JSON.stringify({ program, size, mtimeMs, shim });
}

/**
 * @param {string | undefined} executablePath Default: the Chromium from which the copy was made.
 * @returns {string | null} The copy's program, if it was made from this very Chromium.
 */
export function findLavapipe(executablePath) {
  try {
    const stamp = readFileSync(stampIn(lavapipeFolder), 'utf8');
    const source =
      executablePath === undefined ? JSON.parse(stamp).program : chromiumProgram(executablePath);
    if (source === null || stampOf(source) !== stamp) return null;
    return path.join(lavapipeFolder, path.basename(source));
  } catch {
    return null;
  }
}
