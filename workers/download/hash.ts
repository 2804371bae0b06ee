/**
 * One hash verifies each stored file: the one known in advance (a shard's md5 in the model's index, a pinned
 * SHA-256), or else the SHA-256 recorded when the file was first complete. Written as `md5:…` or `sha256:…`, in
 * hexadecimal.
 */
import { createMD5, createSHA256, type IHasher } from 'hash-wasm';
import { chunkBytes, type FileContent } from '../../src/storage/weights';

/** The kind of an expected or recorded hash. */
export const hashKind = (hash: string) => (hash.startsWith('md5:') ? 'md5' : 'sha256');

export const createHasher = (kind: ReturnType<typeof hashKind>): Promise<IHasher> =>
  kind === 'md5' ? createMD5() : createSHA256();

/** Reads a piece at a time. Rejects with a DOMException if a piece cannot be read. */
export async function updateFrom(
  file: FileContent,
  hasher: IHasher,
  signal?: AbortSignal,
): Promise<void> {
  for (let at = 0; at < file.size; at += chunkBytes) {
    signal?.throwIfAborted();
    hasher.update(new Uint8Array(await file.slice(at, at + chunkBytes).arrayBuffer()));
  }
}
