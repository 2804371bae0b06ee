/** Finds damaged files in the weights' store and deletes them, so that a download restores them. */
import {
  deleteFile,
  listFiles,
  openChunks,
  readManifest,
  readStoredModel,
  type FileContent,
  type FileManifest,
} from '../../src/storage/weights';
import { createHasher, hashKind, updateFrom } from './hash';

export interface VerifyOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (checkedBytes: number, totalBytes: number) => void;
}

/**
 * Compares each stored file with the hash recorded when it was complete, and deletes files that differ or lost
 * a part. Incomplete downloads are left alone.
 */
export async function removeDamaged(
  modelId: string,
  { signal, onProgress }: VerifyOptions,
): Promise<{ damagedFiles: number; files: number }> {
  const files = [];
  for (const name of await listFiles(modelId)) {
    const manifest = await readManifest(modelId, name);
    if (manifest?.complete) files.push({ name, manifest });
  }
  const missing = await missingFiles(modelId, new Set(files.map(({ name }) => name)));
  for (const name of missing) await deleteFile(modelId, name);
  const totalBytes = files.reduce((sum, { manifest }) => sum + manifest.sizeBytes, 0);
  let checkedBytes = 0;
  let damagedFiles = missing.length;
  for (const { name, manifest } of files) {
    signal.throwIfAborted();
    if (!(await isIntact(await openChunks(modelId, name), manifest, signal))) {
      await deleteFile(modelId, name);
      damagedFiles += 1;
    }
    checkedBytes += manifest.sizeBytes;
    onProgress(checkedBytes, totalBytes);
  }
  return { damagedFiles, files: files.length + missing.length };
}

/** Files of a complete model of which the browser has lost the records as well. */
async function missingFiles(modelId: string, found: ReadonlySet<string>): Promise<string[]> {
  const model = await readStoredModel(modelId);
  return (model?.files ?? []).map(({ name }) => name).filter((name) => !found.has(name));
}

/** A part that cannot be read counts as damaged: browsers lose Blobs too. */
async function isIntact(
  content: FileContent,
  { sizeBytes, hash }: FileManifest,
  signal: AbortSignal,
): Promise<boolean> {
  if (content.size !== sizeBytes) return false;
  const kind = hashKind(hash);
  const hasher = await createHasher(kind);
  try {
    await updateFrom(content, hasher, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DOMException) return false;
    throw error;
  }
  return `${kind}:${hasher.digest('hex')}` === hash;
}

/**
 * Deletes files that were stored without a hash known in advance. For an MLC model these are its library,
 * configuration and tokenizer; the shards stay. Returns the number of deleted files.
 */
export async function removeUnverified(modelId: string): Promise<number> {
  let removed = 0;
  for (const name of await listFiles(modelId)) {
    const manifest = await readManifest(modelId, name);
    if (manifest?.expected !== '') continue;
    await deleteFile(modelId, name);
    removed += 1;
  }
  return removed;
}
