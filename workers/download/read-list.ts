/** Reads a file that lists further files: small, and always read from the model's origin. */
import { partsOf } from '../../src/core/read-stream';
import type { FileOrigin } from '../../src/protocol/download';
import { AppError } from '../../src/protocol/errors';
import { requestFile } from './download-errors';
import type { FileOptions } from './store-file';
import { stallWatch, withRetries } from './retry';

/** A model of 70 billion parameters has one of a megabyte. */
const maxBytes = 64 * 1024 * 1024;

/** Rejects with an AppError, or with the signal's reason. */
export async function readList(
  origin: FileOrigin,
  { ask, signal, onFetched }: Omit<FileOptions, 'onProgress'>,
): Promise<Blob> {
  if (typeof origin !== 'string') return origin;
  return withRetries(async () => {
    const stall = stallWatch(signal);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    try {
      const { body } = await requestFile(ask, origin, { signal: stall.signal });
      for await (const part of body ? partsOf(body) : []) {
        stall.moved();
        bytes += part.length;
        if (bytes > maxBytes) throw new AppError('model-not-a-model');
        parts.push(part.slice());
      }
    } finally {
      stall.end();
      if (bytes > 0) onFetched(origin, bytes);
    }
    return new Blob(parts);
  }, signal);
}
