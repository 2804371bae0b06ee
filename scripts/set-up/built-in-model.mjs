// Puts the built-in model's file under public/models/ for the build.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { isEntryPoint, runScript, say } from '../entry-point.mjs';
import { ForeseenError, tellsOfNoRoom, wholeMessage } from '../foreseen-error.mjs';
import { inProject } from '../project.mjs';
import { builtInModelFile } from './built-in-model-file.mjs';
import { openBuiltInModelSource } from './built-in-model-source.mjs';
import { requireRoom } from './disk-room.mjs';

const { name, sizeBytes, sha256 } = builtInModelFile;
const folder = inProject('public', 'models');
const file = inProject('public', 'models', name);
/** Only a complete file gets the final name. */
const partFile = `${file}.part`;

/** Makes sure that the file is complete; needs no network if it is. */
export async function fetchBuiltInModel() {
  const fault = await faultOf(file);
  if (fault === null) {
    say('Built-in model: present and whole.');
    return;
  }
  if (fault !== 'it is missing') say(`Built-in model: fetching it again, for ${fault}.`);
  await mkdir(folder, { recursive: true });
  await requireRoom(folder, sizeBytes, 'the built-in model');
  await fetchPart();
  await rename(partFile, file);
  say('Built-in model: fetched and verified.');
}

async function fetchPart() {
  try {
    const source = await openBuiltInModelSource(process.env['CORRAL_BUILT_IN_MODEL']);
    try {
      await pipeline(source.bytes, createWriteStream(partFile));
    } finally {
      await source.discard();
    }
    const fault = await faultOf(partFile);
    if (fault !== null) throw new ForeseenError(`${source.name} is not the model: ${fault}.`);
  } catch (error) {
    await rm(partFile, { force: true });
    if (error instanceof ForeseenError) throw error;
    const message = wholeMessage(error);
    throw new ForeseenError(
      tellsOfNoRoom(message)
        ? `There is no room left on the disk for the built-in model (${sizeBytes / 1_000_000} MB).`
        : `The built-in model could not be fetched: ${message}.`,
      { cause: error },
    );
  }
}

/**
 * @param {string} path
 * @returns {Promise<string | null>} What is wrong with the file, as half a sentence; null if nothing is.
 */
async function faultOf(path) {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return 'it is missing';
  if (found.size !== sizeBytes) return `its size is ${found.size} bytes instead of ${sizeBytes}`;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  const digest = hash.digest('hex');
  return digest === sha256 ? null : `its SHA-256 is ${digest} instead of ${sha256}`;
}

if (isEntryPoint(import.meta.url)) await runScript(fetchBuiltInModel);
