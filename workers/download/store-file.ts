/** Stores one file: resumes if possible, always verifies. */
import type { IHasher } from 'hash-wasm';
import { partsOf } from '../../src/core/read-stream';
import type { FileOrigin } from '../../src/protocol/download';
import { AppError } from '../../src/protocol/errors';
import {
  chunkBytes,
  deleteFile,
  openChunks,
  readManifest,
  writeChunk,
  writeManifest,
} from '../../src/storage/weights';
import { isUnreadable } from '../../src/storage/weights-file';
import { request } from './download-errors';
import { createHasher, hashKind, updateFrom } from './hash';
import type { Ask } from './network';
import { partsOfFile } from './picked-file-parts';
import { stallWatch } from './retry';

export interface WantedFile {
  readonly modelId: string;
  readonly name: string;
  readonly origin: FileOrigin;
  /** Null if it is only known from the server's answer. */
  readonly sizeBytes: number | null;
  /** Such as `sha256:…` or `md5:…`; empty if no hash is known. */
  readonly expected: string;
  /** The file's first bytes, checked before anything is stored. */
  readonly magic: string;
}

export interface FileOptions {
  readonly ask: Ask;
  /** An abort keeps the chunks that have arrived. */
  readonly signal: AbortSignal;
  /** Bytes of this file that are stored or in memory. */
  readonly onProgress: (receivedBytes: number) => void;
  /** For the record of fetches: bytes that came over the network just now. */
  readonly onFetched: (url: string, bytes: number) => void;
}

/**
 * Stores the file and returns its size. Returns at once if the file is already stored. Rejects with an AppError or with
 * errors of `fetch` and IndexedDB; complete chunks are kept, unless the content is wrong.
 */
export async function downloadFile(file: WantedFile, options: FileOptions): Promise<number> {
  const { modelId, name, expected } = file;
  const manifest = await readManifest(modelId, name);
  const isSame =
    manifest?.expected === expected &&
    (file.sizeBytes === null || manifest.sizeBytes === file.sizeBytes);
  if (manifest?.complete && isSame) {
    options.onProgress(manifest.sizeBytes);
    return manifest.sizeBytes;
  }
  // Without a hash or an entity tag, parts of two versions of the file could be joined.
  const isKnown = expected !== '' || manifest?.tag !== undefined;
  const resumes = isSame && file.sizeBytes !== null && isKnown;
  if (!resumes) await deleteFile(modelId, name);

  const hasher = await createHasher(hashKind(expected));
  const stored = resumes ? await hashStored(file, hasher) : 0;
  const sizeBytes =
    stored === file.sizeBytes
      ? stored
      : await receive(file, { bytes: stored, tag: manifest?.tag }, hasher, options);

  const hash = `${hashKind(expected)}:${hasher.digest('hex')}`;
  if (expected !== '' && hash !== expected) {
    await deleteFile(modelId, name);
    throw damaged(file);
  }
  await writeManifest(modelId, name, { sizeBytes, expected, hash, complete: true });
  return sizeBytes;
}

/** Hashes the chunks of an earlier download; returns their bytes, a whole number of chunks. */
async function hashStored({ modelId, name }: WantedFile, hasher: IHasher): Promise<number> {
  const stored = await openChunks(modelId, name);
  try {
    await updateFrom(stored, hasher);
    return stored.size;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    // The browser lost a chunk: the file is downloaded again.
    await deleteFile(modelId, name);
    hasher.init();
    return 0;
  }
}

/** Fetches the rest of the file and stores it chunk by chunk; returns the total size. */
async function receive(
  file: WantedFile,
  stored: Stored,
  hasher: IHasher,
  { ask, signal, onProgress, onFetched }: FileOptions,
): Promise<number> {
  let fetchedBytes = 0;
  const stall = stallWatch(signal);
  try {
    const { parts, startBytes, tag } = await open(file, stored, { ask, signal: stall.signal });
    const totalBytes = file.sizeBytes;
    if (startBytes !== stored.bytes) hasher.init();
    await writeManifest(file.modelId, file.name, {
      sizeBytes: totalBytes ?? 0,
      expected: file.expected,
      ...(tag === undefined ? {} : { tag }),
      hash: '',
      complete: false,
    });
    const writer = chunkWriter(file, startBytes);
    for await (const part of parts) {
      stall.moved();
      fetchedBytes += part.length;
      hasher.update(part);
      await writer.add(part);
      if (totalBytes !== null && writer.bytes > totalBytes) break;
      onProgress(writer.bytes);
    }
    if (totalBytes !== null && writer.bytes < totalBytes) {
      throw new AppError('download-incomplete', { receivedBytes: writer.bytes, totalBytes });
    }
    if (totalBytes !== null && writer.bytes > totalBytes) {
      await deleteFile(file.modelId, file.name);
      throw damaged(file);
    }
    await writer.end();
    return writer.bytes;
  } finally {
    stall.end();
    if (fetchedBytes > 0 && typeof file.origin === 'string') onFetched(file.origin, fetchedBytes);
  }
}

/** What an earlier download has stored of the file. */
interface Stored {
  readonly bytes: number;
  /** The server's entity tag (ETag) of that version. */
  readonly tag: string | undefined;
}

interface Opened {
  /** Each is valid until the next one is requested. */
  readonly parts: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Their offset in the file. */
  readonly startBytes: number;
  readonly tag?: string;
}

type NetworkOptions = Pick<FileOptions, 'ask' | 'signal'>;

async function open(file: WantedFile, stored: Stored, options: NetworkOptions): Promise<Opened> {
  const { origin, sizeBytes } = file;
  if (typeof origin === 'string') return requestRest(file, origin, stored, options);
  if (sizeBytes !== null && origin.size !== sizeBytes) throw damaged(file);
  const rest = origin.slice(stored.bytes);
  return { parts: partsOfFile(rest, options.signal), startBytes: stored.bytes };
}

/** Requests the rest of the file; a server without ranges sends all of it again. */
async function requestRest(
  file: WantedFile,
  url: string,
  stored: Stored,
  { ask, signal }: NetworkOptions,
): Promise<Opened> {
  const range = stored.bytes > 0 ? `bytes=${stored.bytes}-` : '';
  const response = await request(ask, url, { range, signal });
  if (response.status === 416) {
    // The stored part is larger than the file, so it belongs to another version.
    await deleteFile(file.modelId, file.name);
    throw damaged(file);
  }
  if (!response.ok) throw new AppError('download-failed', { status: response.status });
  if (response.headers.get('Content-Type')?.startsWith('text/html')) {
    throw new AppError('model-not-a-model', { file: file.name });
  }
  const tag = response.headers.get('ETag') ?? undefined;
  const isRest =
    response.status === 206 &&
    response.headers.get('Content-Range')?.startsWith(`bytes ${stored.bytes}-`) === true;
  if (isRest && file.expected === '' && tag !== stored.tag) {
    // The file has changed since, and no hash would detect mixed parts.
    await response.body?.cancel();
    return requestRest(file, url, { bytes: 0, tag }, { ask, signal });
  }
  const parts = partsOf(response.body ?? new Blob().stream());
  return { parts, startBytes: isRest ? stored.bytes : 0, ...(tag ? { tag } : {}) };
}

const damaged = ({ name }: WantedFile) => new AppError('model-damaged', { file: name });

/** Cuts a stream of parts into chunks and commits each; `end` commits the shorter last one. */
function chunkWriter({ modelId, name, magic }: WantedFile, startBytes: number) {
  let bytes = startBytes;
  let chunk = new Uint8Array(chunkBytes);
  let filled = 0;
  const commit = async () => {
    const index = Math.floor((bytes - 1) / chunkBytes);
    await writeChunk(modelId, name, index, filled < chunkBytes ? chunk.slice(0, filled) : chunk);
    chunk = new Uint8Array(chunkBytes);
    filled = 0;
  };
  return {
    /** Counts from the start of the file, including bytes in memory. */
    get bytes() {
      return bytes;
    },
    async add(part: Uint8Array) {
      for (let at = 0; at < part.length;) {
        const taken = part.subarray(at, at + chunkBytes - filled);
        chunk.set(taken, filled);
        at += taken.length;
        filled += taken.length;
        bytes += taken.length;
        if (startBytes === 0 && bytes === filled) checkMagic(magic, chunk, filled);
        if (filled === chunkBytes) await commit();
      }
    },
    /** An interrupted chunk is not kept, so only a complete file has a shorter last chunk. */
    async end() {
      if (filled > 0) await commit();
    },
  };
}

/** Detects a sign-in page or any other wrong file before gigabytes are downloaded. */
function checkMagic(magic: string, bytes: Uint8Array, filled: number): void {
  const length = Math.min(filled, magic.length);
  const start = String.fromCharCode(...bytes.subarray(0, length));
  if (start !== magic.slice(0, length)) throw new AppError('model-not-a-model');
}
