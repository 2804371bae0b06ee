/** Reads a stream in large parts, where the browser can. */

const partBytes = 1024 * 1024;

/**
 * The parts of the stream in order, each valid until the next one is asked for: all are read into the
 * same buffer, which spares a fast download an allocation for every 64 KB. Browsers without byte streams
 * give parts of their own.
 */
export async function* partsOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let reader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    yield* stream;
    return;
  }
  try {
    let buffer = new ArrayBuffer(partBytes);
    for (;;) {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (done) return;
      yield value;
      buffer = value.buffer;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
