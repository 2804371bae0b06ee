/** Finds what has rotted in the weights' store, and takes it out, so that a download puts it right. */
import { createSHA256 } from 'hash-wasm';
import {
  chunkBytes,
  deleteFile,
  listFiles,
  openChunks,
  readManifest,
} from '../../src/storage/weights';

export interface VerifyOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (checkedBytes: number, totalBytes: number) => void;
}

/**
 * Compares each stored file with the SHA-256 that was recorded when it was complete, and deletes those
 * that differ or lost a part. Files that are still being fetched are left alone.
 */
export async function removeDamaged(
  modelId: string,
  { signal, onProgress }: VerifyOptions,
): Promise<{ damagedFiles: number; files: number }> {
  const files = [];
  for (const name of await listFiles(modelId)) {
    const manifest = await readManifest(modelId, name);
    if (manifest?.complete) files.push({ name, ...manifest });
  }
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let checkedBytes = 0;
  let damagedFiles = 0;
  for (const { name, sizeBytes, sha256 } of files) {
    signal.throwIfAborted();
    const content = await openChunks(modelId, name);
    const found = content.size === sizeBytes ? await digest(content, signal) : null;
    if (found !== sha256) {
      await deleteFile(modelId, name);
      damagedFiles += 1;
    }
    checkedBytes += sizeBytes;
    onProgress(checkedBytes, totalBytes);
  }
  return { damagedFiles, files: files.length };
}

/** Null where a part cannot be read: browsers lose Blobs too. */
async function digest(content: Blob, signal: AbortSignal): Promise<string | null> {
  const hasher = await createSHA256();
  try {
    for (let at = 0; at < content.size; at += chunkBytes) {
      signal.throwIfAborted();
      const bytes = await content.slice(at, at + chunkBytes).arrayBuffer();
      hasher.update(new Uint8Array(bytes));
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DOMException) return null;
    throw error;
  }
  return hasher.digest('hex');
}

/**
 * Takes out what nothing vouches for: files that were stored without a hash known beforehand. For an MLC
 * model these are its library, configuration and tokenizer; the shards stay. Returns how many.
 */
export async function removeUnvouched(modelId: string): Promise<number> {
  let removed = 0;
  for (const name of await listFiles(modelId)) {
    const manifest = await readManifest(modelId, name);
    if (manifest?.expected !== '') continue;
    await deleteFile(modelId, name);
    removed += 1;
  }
  return removed;
}
