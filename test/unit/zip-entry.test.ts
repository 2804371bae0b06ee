import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openZipEntry } from '../../scripts/set-up/zip-entry.mjs';

const text = 'a llama, a llama, a llama';
let folder: string;
let zipFile: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'corral-zip-'));
  zipFile = path.join(folder, 'some.zip');
});
afterEach(() => rm(folder, { recursive: true }));

const read = async (name: string) => String(await buffer(await openZipEntry(zipFile, name)));

it('reads stored and deflated entries, past an archive comment', async () => {
  await writeFile(
    zipFile,
    zip([
      { name: 'stored.txt', data: Buffer.from(text), method: 0 },
      { name: 'in/deflated.txt', data: deflateRawSync(text), method: 8 },
    ]),
  );
  expect(await read('stored.txt')).toBe(text);
  expect(await read('in/deflated.txt')).toBe(text);
});

it('says which entry is missing', async () => {
  await writeFile(zipFile, zip([]));
  await expect(read('other.txt')).rejects.toThrow('no entry other.txt');
});

it('refuses a file that is not a zip archive, and one that is cut short', async () => {
  await writeFile(zipFile, '<!doctype html><title>Not found</title>');
  await expect(read('a')).rejects.toThrow('not a zip archive');
  const whole = zip([{ name: 'a', data: Buffer.from(text), method: 0 }]);
  await writeFile(zipFile, whole.subarray(0, whole.length - 60));
  await expect(read('a')).rejects.toThrow('not a zip archive');
});

/** A zip archive with the fields that a reader needs (PKWARE's APPNOTE, 4.3); the others are zero. */
function zip(entries: { name: string; data: Buffer; method: number }[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, method } of entries) {
    const extra = Buffer.alloc(4); // in the local header only: its length must be read there
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(extra.length, 28);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    directory.push(central, Buffer.from(name));
    parts.push(local, Buffer.from(name), extra, data);
    offset += local.length + name.length + extra.length + data.length;
  }
  const comment = Buffer.from('made for a test');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, ...directory, end, comment]);
}
