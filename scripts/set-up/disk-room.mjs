// Checks the free disk space before something large is written.
import { statfs } from 'node:fs/promises';
import { ForeseenError } from '../foreseen-error.mjs';

/**
 * @param {string} folder An existing folder on the disk.
 * @param {number} neededBytes
 * @param {string} purpose For the message.
 * @throws {ForeseenError} If less than that is free for this user.
 */
export async function requireRoom(folder, neededBytes, purpose) {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes) return;
  throw new ForeseenError(
    `There is no room for ${purpose}: it needs ${megabytes(neededBytes)} MB in ${folder}, and ${megabytes(freeBytes)} MB are free.`,
  );
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.ceil(bytes / 1_000_000);
}
