// Finds the browsers that this machine has; runs and installs nothing.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { ForeseenError } from '../foreseen-error.mjs';

/** @typedef {'chromium' | 'firefox' | 'webkit'} BrowserName */

/**
 * @typedef {object} Browser
 * @property {string} executablePath The browser's own; for WebKit, its WebDriver's.
 * @property {string} source Where it comes from, for messages.
 */

/**
 * @typedef {object} BrowserPlaces
 * @property {string} title
 * @property {string} variable The environment variable that can name the program.
 * @property {readonly string[]} onPath
 * @property {readonly string[]} inApplications On macOS.
 * @property {readonly string[]} inProgramFiles On Windows.
 */

/** @type {Readonly<Record<BrowserName, BrowserPlaces>>} */
export const browserPlaces = {
  chromium: {
    title: 'Chromium',
    variable: 'CORRAL_CHROMIUM',
    onPath: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    inApplications: [
      'Chromium.app/Contents/MacOS/Chromium',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    inProgramFiles: ['Chromium/Application/chrome.exe', 'Google/Chrome/Application/chrome.exe'],
  },
  firefox: {
    title: 'Firefox',
    variable: 'CORRAL_FIREFOX',
    onPath: ['firefox-esr', 'firefox'],
    inApplications: ['Firefox.app/Contents/MacOS/firefox'],
    inProgramFiles: ['Mozilla Firefox/firefox.exe'],
  },
  webkit: {
    title: 'WebKit',
    variable: 'CORRAL_WEBKIT_DRIVER',
    onPath: ['WebKitWebDriver'],
    inApplications: [],
    inProgramFiles: [],
  },
};

export const browserNames = /** @type {BrowserName[]} */ (Object.keys(browserPlaces));

/**
 * @param {BrowserName} name
 * @returns {boolean} True if the environment variable is `none`.
 */
export function isLeftOut(name) {
  return process.env[browserPlaces[name].variable] === 'none';
}

/**
 * @param {BrowserName} [name]
 * @returns {Browser | null} The one that the environment names, else the system's, else null.
 * @throws {ForeseenError} If the environment names something that is not a program.
 */
export function findBrowser(name = 'chromium') {
  if (isLeftOut(name)) return null;
  const places = browserPlaces[name];
  const given = process.env[places.variable];
  if (given !== undefined && given !== '') {
    if (isProgram(given)) return { executablePath: given, source: places.variable };
    throw new ForeseenError(`${places.variable} does not name an executable program: ${given}.`);
  }
  const executablePath = systemPlaces(places).find(isProgram);
  return executablePath === undefined ? null : { executablePath, source: 'the system' };
}

/**
 * @param {string} name
 * @returns {string | null}
 */
export function findOnPath(name) {
  return onPath([name]).find(isProgram) ?? null;
}

/**
 * @param {BrowserPlaces} places
 * @returns {string[]}
 */
function systemPlaces(places) {
  const { env, platform } = process;
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return inFolders(folders, places.inProgramFiles);
  }
  if (platform !== 'darwin') return onPath(places.onPath);
  const home = env['HOME'] === undefined ? undefined : path.join(env['HOME'], 'Applications');
  return [...onPath(places.onPath), ...inFolders(['/Applications', home], places.inApplications)];
}

/** @param {readonly string[]} names */
function onPath(names) {
  return inFolders((process.env['PATH'] ?? '').split(path.delimiter), names);
}

/**
 * @param {readonly (string | undefined)[]} folders
 * @param {readonly string[]} names
 * @returns {string[]} Every pair, ordered by names: their order is the preference.
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
