import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkBytes, ChunkedFile, type StoredChunk } from '../../src/storage/weights-file';

const byteAt = (position: number) => (position * 31 + (position >> 16)) & 255;
const size = 3 * chunkBytes + 1000;
const content = Uint8Array.from({ length: size }, (_, position) => byteAt(position));
const chunkOf = (index: number) =>
  content.slice(index * chunkBytes, (index + 1) * chunkBytes).buffer;

/** As after an interrupted download that began in a browser with Blobs and ended in one without. */
const mixed = (index: number): StoredChunk =>
  index % 2 === 0 ? new Blob([chunkOf(index)]) : chunkOf(index);

function open(readChunk: (index: number) => StoredChunk | undefined = mixed) {
  const reads: number[] = [];
  const file = new ChunkedFile(size, (index) => {
    reads.push(index);
    return Promise.resolve(readChunk(index));
  });
  return { file, reads };
}

const position = fc.oneof(
  fc.integer({ min: 0, max: size + 10 }),
  fc.constantFrom(0, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, size - 1, size),
);

describe('a stored file of Blobs and bytes', () => {
  it('reads any part as a Blob of the same content does', async () => {
    const { file } = open();
    const whole = new Blob([content]);
    await fc.assert(
      fc.asyncProperty(position, position, async (start, end) => {
        const read = new Uint8Array(await file.slice(start, end).arrayBuffer());
        const wanted = new Uint8Array(await whole.slice(start, end).arrayBuffer());
        expect(Buffer.compare(read, wanted)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('reads nothing when it is opened, and only the chunks of a requested part', async () => {
    const { file, reads } = open();
    expect(file.size).toBe(size);
    expect(reads).toEqual([]);
    await file.slice(0, 4).text();
    await file.slice(chunkBytes - 1, chunkBytes + 1).arrayBuffer();
    expect(reads).toEqual([0, 0, 1]);
  });

  it('streams a chunk at a time, and reads none ahead', async () => {
    const { file, reads } = open();
    const reader = file.stream().getReader();
    let at = 0;
    for (let index = 0; ; index += 1) {
      expect(reads).toHaveLength(index);
      const { value, done } = await reader.read();
      if (done) break;
      expect(value.length).toBeLessThanOrEqual(chunkBytes);
      expect(Buffer.compare(value, content.subarray(at, at + value.length))).toBe(0);
      at += value.length;
    }
    expect(at).toBe(size);
  });

  it('becomes a Blob for readers without access to the storage', async () => {
    const blob = await open().file.toBlob();
    expect(Buffer.compare(new Uint8Array(await blob.arrayBuffer()), content)).toBe(0);
  });

  it.each<[string, (index: number) => StoredChunk | undefined]>([
    ['lost', (index) => (index === 1 ? undefined : mixed(index))],
    ['cut short', (index) => (index === 1 ? chunkOf(1).slice(1) : mixed(index))],
    ['a Blob that is cut short', (index) => (index === 1 ? new Blob(['?']) : mixed(index))],
  ])('is not readable where a chunk is %s', async (_, readChunk) => {
    const { file } = open(readChunk);
    const notReadable = expect.objectContaining({ name: 'NotReadableError' }) as unknown;
    await expect(file.arrayBuffer()).rejects.toEqual(notReadable);
    await file.slice(0, chunkBytes).arrayBuffer();
  });
});
