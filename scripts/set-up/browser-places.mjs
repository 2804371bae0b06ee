// Looks for a Chromium that this machine has already; runs and installs nothing.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { ForeseenError } from '../foreseen-error.mjs';

/**
 * @typedef {object} Browser
 * @property {string} executablePath
 * @property {string} source Where it came from, for messages.
 */

const namesOnPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApps = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
];
const windowsPrograms = ['Chromium/Application/chrome.exe', 'Google/Chrome/Application/chrome.exe'];

/**
 * @returns {Browser | null} The one that CORRAL_CHROMIUM names, else the system's, else null.
 * @throws {ForeseenError} Where CORRAL_CHROMIUM names no program.
 */
export function findBrowser() {
  const given = process.env['CORRAL_CHROMIUM'];
  if (given !== undefined && given !== '') {
    if (isProgram(given)) return { executablePath: given, source: 'CORRAL_CHROMIUM' };
    throw new ForeseenError(`CORRAL_CHROMIUM names no program that can be run: ${given}.`);
  }
  const executablePath = systemPlaces().find(isProgram);
  return executablePath === undefined ? null : { executablePath, source: 'the system' };
}

/** @returns {string[]} */
function systemPlaces() {
  const { env, platform } = process;
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return inFolders(folders, windowsPrograms);
  }
  const onPath = inFolders((env['PATH'] ?? '').split(path.delimiter), namesOnPath);
  if (platform !== 'darwin') return onPath;
  const home = env['HOME'] === undefined ? undefined : path.join(env['HOME'], 'Applications');
  return [...onPath, ...inFolders(['/Applications', home], macApps)];
}

/**
 * @param {readonly (string | undefined)[]} folders
 * @param {readonly string[]} names
 * @returns {string[]} Every pair, a name's folders together: the order of names is the preference.
 */
function inFolders(folders, names) {
  const present = folders.filter((folder) => folder !== undefined && folder !== '');
  return names.flatMap((name) => present.map((folder) => path.join(folder ?? '', name)));
}

/**
 * @param {string} file
 * @returns {boolean}
 */
export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
