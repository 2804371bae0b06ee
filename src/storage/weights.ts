/**
 * The layout of downloaded models in IndexedDB, shared by the download worker (writes), the engine
 * worker (reads) and the page (lists, deletes).
 *
 * - `model` → StoredModel, once all of its files are here
 * - `model/name` → FileManifest
 * - `model/name#00000`, `#00001` … → the file's content in chunks of `chunkBytes`, the last one shorter:
 *   Blobs, which browsers keep on disk, or bytes where IndexedDB takes no Blobs
 *
 * Opening a file reads no weights into memory, whatever its chunks are.
 */
import {
  clear,
  createStore,
  del,
  delMany,
  get,
  getMany,
  keys,
  promisifyRequest,
  set,
  type UseStore,
} from 'idb-keyval';
import { supportsBlobs } from './weights-blobs';
import { chunkBytes, ChunkedFile, type FileContent, type StoredChunk } from './weights-file';

export { chunkBytes, type FileContent };

export interface FileManifest {
  readonly sizeBytes: number;
  /** The expected hash, such as `md5:…`; empty if it was not known in advance. */
  readonly expected: string;
  /** The server's entity tag of the version that is being fetched, if it gives one. */
  readonly tag?: string;
  /** The hash of the whole content when it was completed; later damage shows as a difference. */
  readonly hash: string;
  /** False while chunks are missing; the file must not be opened then. */
  readonly complete: boolean;
}

export interface StoredModel {
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[];
  readonly storedMs: number;
}

/** The stored name of an MLC model's compiled library, whatever its original name. */
export const libraryName = 'library.wasm';

/** Database and store. A frame may get access to the app's own: `first-party.ts`. */
export const weightsNames = ['corral-weights', 'files'] as const;
const store = createStore(...weightsNames);

const fileKey = (modelId: string, name: string) => `${modelId}/${name}`;
const chunkKey = (modelId: string, name: string, index: number) =>
  `${fileKey(modelId, name)}#${String(index).padStart(5, '0')}`;

/** Undefined until all of the model's files are stored. */
export function readStoredModel(modelId: string): Promise<StoredModel | undefined> {
  return get<StoredModel>(modelId, store);
}

export function writeStoredModel(modelId: string, model: StoredModel): Promise<void> {
  return set(modelId, model, store);
}

export interface StoredSize {
  readonly bytes: number;
  /** The number of complete files. */
  readonly files: number;
  /** False while a part of the model is missing. */
  readonly isWhole: boolean;
}

/** The stored size of each model by its id, incomplete downloads included. Reads no weights. */
export async function listStoredModels(
  from: UseStore = store,
): Promise<Record<string, StoredSize>> {
  const all = (await keys<IDBValidKey>(from)).map(String);
  const ids = [...new Set(all.map((key) => key.split('/', 1)[0]!))];
  const whole = await getMany<StoredModel | undefined>(ids, from);
  const sizes = ids.map((id, at) => {
    const model = whole[at];
    if (model) return sizeOfWhole(model);
    return sizeOfPart(
      all.filter((key) => key.startsWith(`${id}/`)),
      from,
    );
  });
  const sized = await Promise.all(sizes);
  return Object.fromEntries(ids.map((id, at) => [id, sized[at]!]));
}

function sizeOfWhole({ files }: StoredModel): StoredSize {
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { bytes, files: files.length, isWhole: true };
}

async function sizeOfPart(keysOfModel: readonly string[], from: UseStore): Promise<StoredSize> {
  const fileKeys = keysOfModel.filter((key) => !key.includes('#'));
  const manifests = await getMany<FileManifest | undefined>(fileKeys, from);
  // Only a complete file has a shorter chunk.
  const chunksOf = (file: string) => keysOfModel.filter((key) => key.startsWith(`${file}#`)).length;
  const bytes = fileKeys.map((file, at) => {
    const manifest = manifests[at];
    return manifest?.complete ? manifest.sizeBytes : chunksOf(file) * chunkBytes;
  });
  return {
    bytes: bytes.reduce((total, size) => total + size, 0),
    files: manifests.filter((manifest) => manifest?.complete).length,
    isWhole: false,
  };
}

/** Undefined if nothing of the file was ever stored. */
export function readManifest(modelId: string, name: string): Promise<FileManifest | undefined> {
  return get<FileManifest>(fileKey(modelId, name), store);
}

export function writeManifest(
  modelId: string,
  name: string,
  manifest: FileManifest,
): Promise<void> {
  return set(fileKey(modelId, name), manifest, store);
}

/** Resolves once the chunk is committed; rejects with QuotaExceededError if there is no room. */
export async function writeChunk(
  modelId: string,
  name: string,
  index: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  storesBlobs ??= supportsBlobs(store).catch((error: unknown) => {
    storesBlobs = null;
    throw error;
  });
  const chunk: StoredChunk = (await storesBlobs) ? new Blob([bytes]) : bytes.buffer;
  return set(chunkKey(modelId, name, index), chunk, store);
}

/** Null until it is known. */
let storesBlobs: Promise<boolean> | null = null;

/** The names of the model's files, incomplete ones included. */
export async function listFiles(modelId: string): Promise<string[]> {
  const prefix = `${modelId}/`;
  const all = await keys<IDBValidKey>(store);
  return all
    .filter((key): key is string => typeof key === 'string' && key.startsWith(prefix))
    .filter((key) => !key.includes('#'))
    .map((key) => key.slice(prefix.length));
}

/** The chunks from the first one up to the first gap, as one file; empty if there are none. */
export async function openChunks(
  modelId: string,
  name: string,
  from: UseStore = store,
): Promise<ChunkedFile> {
  const manifest = await get<FileManifest>(fileKey(modelId, name), from);
  const found = await chunkKeys(modelId, name, from);
  // Only the last chunk of a whole file is shorter.
  const size = Math.min(found.length * chunkBytes, manifest?.sizeBytes || Infinity);
  return new ChunkedFile(size, (index) => get<StoredChunk>(found[index]!, from));
}

/** The whole file, or null if it is incomplete; shorter than its manifest says if a part was lost. */
export async function openWeights(modelId: string, name: string): Promise<FileContent | null> {
  const manifest = await readManifest(modelId, name);
  return manifest?.complete ? openChunks(modelId, name) : null;
}

/** All files of a complete model by name, for a reader without access to this storage. */
export async function openModel(
  modelId: string,
  from: UseStore = store,
): Promise<Readonly<Record<string, Blob>> | null> {
  const model = await get<StoredModel>(modelId, from);
  if (!model) return null;
  const opened = model.files.map(
    async ({ name }) => [name, await (await openChunks(modelId, name, from)).toBlob()] as const,
  );
  return Object.fromEntries(await Promise.all(opened));
}

export async function deleteFile(modelId: string, name: string): Promise<void> {
  await del(modelId, store); // the model is incomplete now
  await del(fileKey(modelId, name), store);
  await delMany(await chunkKeys(modelId, name, store), store);
}

/** Deletes the model with all of its files. */
export async function deleteModel(modelId: string): Promise<void> {
  const all = await keys<IDBValidKey>(store);
  const own = all.filter((key) => key === modelId || String(key).startsWith(`${modelId}/`));
  await delMany(own, store);
}

/** Reads no other file's keys: a large model has a hundred files, each with many chunks. */
async function chunkKeys(modelId: string, name: string, from: UseStore): Promise<string[]> {
  const prefix = `${fileKey(modelId, name)}#`;
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const found = await from('readonly', (files) => promisifyRequest(files.getAllKeys(range)));
  // The keys are sorted. Chunks after a gap are left out, so that a chunk's position follows from its index.
  return found.map(String).filter((key, index) => key === chunkKey(modelId, name, index));
}

/** Deletes the weights of all models, incomplete ones included. */
export function clearWeights(): Promise<void> {
  return clear(store);
}
