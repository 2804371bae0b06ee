/** Reads a response or a picked file in large parts. */
import { orAborted } from '../timeout';

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

/**
 * The parts of a picked file. Not its stream: Chromium's, read four at a time, stopped for ever once in a
 * while. Rejects with the signal's reason when it is aborted, even while the browser does not answer.
 */
export async function* partsOfFile(
  file: Blob,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < file.size; at += partBytes) {
    const reading = file.slice(at, at + partBytes).arrayBuffer();
    yield new Uint8Array(await orAborted(reading, signal));
  }
}
