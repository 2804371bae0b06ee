/**
 * The layout of downloaded weights in IndexedDB, shared by the download worker (writes) and the
 * engine worker (reads). A file is a manifest under `model/name` and chunks under `model/name#00000`.
 * Chunks are Blobs: browsers keep those on disk, so opening a file reads no weights into memory.
 */
import { createStore, del, get, getMany, keys, set } from 'idb-keyval';

export const chunkBytes = 8 * 1024 * 1024;

export interface WeightsManifest {
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** False while chunks are still to come; the file may not be opened before. */
  readonly complete: boolean;
}

const store = createStore('corral-weights', 'files');

const fileKey = (modelId: string, name: string) => `${modelId}/${name}`;
const chunkKey = (modelId: string, name: string, index: number) =>
  `${fileKey(modelId, name)}#${String(index).padStart(5, '0')}`;

/** Undefined if nothing of the file was ever stored. */
export function readManifest(modelId: string, name: string): Promise<WeightsManifest | undefined> {
  return get<WeightsManifest>(fileKey(modelId, name), store);
}

export function writeManifest(
  modelId: string,
  name: string,
  manifest: WeightsManifest,
): Promise<void> {
  return set(fileKey(modelId, name), manifest, store);
}

/** Resolves once the chunk is committed; rejects with QuotaExceededError when there is no room. */
export function writeChunk(
  modelId: string,
  name: string,
  index: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  return set(chunkKey(modelId, name, index), new Blob([bytes]), store);
}

/** The chunks that are there without a gap from the first, as one Blob; empty if there are none. */
export async function openChunks(modelId: string, name: string): Promise<Blob> {
  const chunks = await getMany<unknown>(await chunkKeys(modelId, name), store);
  const gap = chunks.findIndex((chunk) => !(chunk instanceof Blob));
  return new Blob((gap < 0 ? chunks : chunks.slice(0, gap)) as Blob[]);
}

/** The whole file, or null if it is not complete. */
export async function openWeights(modelId: string, name: string): Promise<Blob | null> {
  const manifest = await readManifest(modelId, name);
  return manifest?.complete ? openChunks(modelId, name) : null;
}

export async function deleteWeights(modelId: string, name: string): Promise<void> {
  await del(fileKey(modelId, name), store);
  for (const key of await chunkKeys(modelId, name)) await del(key, store);
}

async function chunkKeys(modelId: string, name: string): Promise<string[]> {
  const prefix = `${fileKey(modelId, name)}#`;
  const all = await keys<IDBValidKey>(store);
  const found = all.filter(
    (key): key is string => typeof key === 'string' && key.startsWith(prefix),
  );
  // Leaves out what lies behind a gap, so that a chunk's position follows from its index.
  return found.sort().filter((key, index) => key === chunkKey(modelId, name, index));
}
