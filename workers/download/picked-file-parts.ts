/** Reads a picked file in large parts. */
import { orAborted } from '../timeout';

const partBytes = 1024 * 1024;

/**
 * Does not use the file's stream: when Chromium reads four streams at once, one of them sometimes stalls for ever.
 * Rejects with the signal's reason when it is aborted, even if the browser does not answer.
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
