// Finds the copy of Chromium whose software WebGPU adapter is Mesa's lavapipe; makes and installs nothing.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { inProject } from '../project.mjs';

/** Shared by all clones of the project that a person has: it holds a browser, and Mesa keeps its shaders near it. */
const cacheFolder = process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
export const lavapipeFolder = path.join(cacheFolder, 'corral', 'lavapipe');
export const shimSource = inProject('scripts', 'set-up', 'lavapipe-shim.c');
export const swiftShader = 'libvk_swiftshader.so';
export const lavapipeDriver = 'libvulkan_lvp.so';
/** Says of what the copy was made. */
const stampName = 'corral-stamp.json';

/**
 * @param {string} folder
 */
export const stampIn = (folder) => path.join(folder, stampName);

/**
 * @param {string} executablePath What starts Chromium: the program itself, or a distribution's script.
 * @returns {string | null} The program, which lies among its own libraries.
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
 * @returns {string} Differs when Chromium or the shim have changed.
 */
export function stampOf(program) {
  const { size, mtimeMs } = statSync(program);
  const shim = createHash('sha256').update(readFileSync(shimSource)).digest('hex');
  return JSON.stringify({ program, size, mtimeMs, shim });
}

/**
 * @param {string | undefined} executablePath Without it, whichever Chromium the copy was made of.
 * @returns {string | null} The copy's program, where there is one that is made of this very Chromium.
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
