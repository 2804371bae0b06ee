/** Reads a byte stream, also in browsers without byte readers (WebKit). */

import { AppError } from '../protocol/errors';

type Bytes = Uint8Array<ArrayBuffer>;

const partBytes = 1024 * 1024;

/**
 * The parts of the stream in order. Each is valid only until the next one is requested: with byte readers, all
 * parts use the same buffer. Cancels the stream if the consumer stops early. Throws `download-failed` if the
 * stream breaks off.
 */
export async function* partsOf(stream: ReadableStream<Bytes>): AsyncGenerator<Bytes, void> {
  // Not `for await`: WebKit's streams have no async iterator.
  const reader = openReader(stream);
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(throwDownloadFailed);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Browsers report a lost connection as a TypeError; a signal's reason is passed on. */
function throwDownloadFailed(cause: unknown): never {
  throw cause instanceof TypeError ? new AppError('download-failed', {}, { cause }) : cause;
}

function openReader(stream: ReadableStream<Bytes>) {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    return stream.getReader();
  }
  // One buffer saves a fast download an allocation for every 64 KB.
  let buffer = new ArrayBuffer(partBytes);
  return {
    async read() {
      const result = await reader.read(new Uint8Array(buffer));
      if (result.value) buffer = result.value.buffer;
      return result;
    },
    cancel: () => reader.cancel(),
  };
}
