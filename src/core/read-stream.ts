/** Reads a stream of bytes, in browsers with byte readers and in those without (WebKit). */

import { AppError } from '../protocol/errors';

type Bytes = Uint8Array<ArrayBuffer>;

const partBytes = 1024 * 1024;

/**
 * The parts of the stream in order. Each is valid only until the next one is asked for: where the browser has
 * byte readers, all parts are read into the same buffer. Cancels the stream when the consumer stops early.
 * Throws `download-failed` where the stream broke off.
 */
export async function* partsOf(stream: ReadableStream<Bytes>): AsyncGenerator<Bytes, void> {
  // Not `for await`: WebKit's streams have no async iterator.
  const reader = openReader(stream);
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(asBrokenOff);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Browsers report a lost connection as a TypeError; what a signal gives as its reason stays as it is. */
function asBrokenOff(cause: unknown): never {
  throw cause instanceof TypeError ? new AppError('download-failed', {}, { cause }) : cause;
}

function openReader(stream: ReadableStream<Bytes>) {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    return stream.getReader();
  }
  // One buffer spares a fast download an allocation for every 64 KB.
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
