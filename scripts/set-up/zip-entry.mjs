// Reads one entry of a zip archive as a stream: a wheel is a zip, and Node can inflate but not read zip.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

/** Record signatures and sizes as in the format's description (PKWARE's APPNOTE, 4.3). */
const endOfDirectory = { signature: 0x06054b50, bytes: 22 };
const directoryEntry = { signature: 0x02014b50, bytes: 46 };
const localHeader = { signature: 0x04034b50, bytes: 30 };
/** The maximum length of the archive's comment, which comes last. */
const maxCommentBytes = 0xffff;

/** @typedef {{ headerOffset: number, packedBytes: number, deflated: boolean }} EntryPlace */

/**
 * @param {string} zipFile An archive below 4 GB (no zip64).
 * @param {string} name The entry's full name, with forward slashes.
 * @returns {Promise<import('node:stream').Readable>} The entry's bytes, unpacked. The caller checks the
 * checksum.
 * @throws {Error} If the file is not a zip archive, is cut short, or has no such entry.
 */
export async function openZipEntry(zipFile, name) {
  const file = await open(zipFile);
  try {
    const { size } = await file.stat();
    const place = findEntry(await readDirectory(file, size), name);
    const header = await readBytes(file, place.headerOffset, localHeader.bytes);
    if (header.readUInt32LE(0) !== localHeader.signature) throw new Error('damaged zip archive');
    // The local header repeats the name, and its extra field may differ from the directory's.
    const start =
      place.headerOffset + localHeader.bytes + header.readUInt16LE(26) + header.readUInt16LE(28);
    const packed = createReadStream(zipFile, { start, end: start + place.packedBytes - 1 });
    // The caller's stream gets the error; this pipeline only closes both streams together.
    return place.deflated ? pipeline(packed, createInflateRaw(), () => {}) : packed;
  } finally {
    await file.close();
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} sizeBytes
 * @returns {Promise<Buffer>} The archive's central directory.
 */
async function readDirectory(file, sizeBytes) {
  const tailBytes = Math.min(sizeBytes, endOfDirectory.bytes + maxCommentBytes);
  const tail = await readBytes(file, sizeBytes - tailBytes, tailBytes);
  for (let at = tailBytes - endOfDirectory.bytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endOfDirectory.signature) continue;
    return readBytes(file, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  }
  throw new Error('not a zip archive, or one cut short');
}

/**
 * @param {Buffer} directory
 * @param {string} name
 * @returns {EntryPlace}
 */
function findEntry(directory, name) {
  let at = 0;
  while (at + directoryEntry.bytes <= directory.length) {
    if (directory.readUInt32LE(at) !== directoryEntry.signature) break;
    const nameBytes = directory.readUInt16LE(at + 28);
    const nameStart = at + directoryEntry.bytes;
    if (directory.toString('utf8', nameStart, nameStart + nameBytes) === name) {
      return {
        headerOffset: directory.readUInt32LE(at + 42),
        packedBytes: directory.readUInt32LE(at + 20),
        deflated: directory.readUInt16LE(at + 10) === 8,
      };
    }
    at = nameStart + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  throw new Error(`no entry ${name} in the zip archive`);
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} start
 * @param {number} lengthBytes
 * @returns {Promise<Buffer>}
 */
async function readBytes(file, start, lengthBytes) {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(lengthBytes), 0, lengthBytes, start);
  if (bytesRead !== lengthBytes) throw new Error('zip archive cut short');
  return buffer;
}
