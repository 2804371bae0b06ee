import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/core/read-stream';

const bytes = Uint8Array.from({ length: 10 }, (_, index) => index);

interface Source {
  start?(controller: Controller): void;
  pull?(controller: Controller): void;
  cancel?(): void;
}

/** The common part of both kinds of controllers. */
interface Controller {
  enqueue(chunk: Uint8Array<ArrayBuffer>): void;
  close(): void;
  error(reason: unknown): void;
}

/** With and without byte readers; WebKit's streams also lack an async iterator. */
const kinds = {
  'byte readers': (source: Source) => new ReadableStream({ ...source, type: 'bytes' }),
  'plain readers': (source: Source) => {
    const stream = new ReadableStream(source);
    Object.defineProperty(stream, Symbol.asyncIterator, { value: undefined });
    return stream;
  },
};

describe.each(Object.entries(kinds))('a stream with %s', (_, open) => {
  it('gives all of its bytes in order', async () => {
    const stream = open({
      start(controller) {
        controller.enqueue(bytes.slice(0, 3));
        controller.enqueue(bytes.slice(3));
        controller.close();
      },
    });
    const read: number[] = [];
    for await (const part of partsOf(stream)) read.push(...part);
    expect(read).toEqual([...bytes]);
  });

  it('is cancelled when its reader stops early', async () => {
    let isCancelled = false;
    const stream = open({
      pull: (controller) => controller.enqueue(bytes.slice()),
      cancel: () => void (isCancelled = true),
    });
    for await (const part of partsOf(stream)) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    expect(isCancelled).toBe(true);
  });

  it('reports a failed download if the connection is lost', async () => {
    const stream = open({ pull: (controller) => controller.error(new TypeError('network error')) });
    await expect(partsOf(stream).next()).rejects.toMatchObject({ code: 'download-failed' });
  });

  it('passes on why it was aborted', async () => {
    const reason = new DOMException('', 'AbortError');
    const stream = open({ pull: (controller) => controller.error(reason) });
    await expect(partsOf(stream).next()).rejects.toBe(reason);
  });
});

it('does not take a missing function for a lost connection', async () => {
  const stream = { getReader: undefined } as unknown as ReadableStream<Uint8Array<ArrayBuffer>>;
  await expect(partsOf(stream).next()).rejects.toBeInstanceOf(TypeError);
});
