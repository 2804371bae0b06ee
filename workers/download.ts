/** One file from its URL into the weights' store: resumed where possible, verified always. */
import { createSHA256, type IHasher } from 'hash-wasm';
import type { WeightsFile } from '../src/protocol/download';
import { AppError } from '../src/protocol/errors';
import {
  chunkBytes,
  deleteWeights,
  openChunks,
  readManifest,
  writeChunk,
  writeManifest,
} from '../src/storage/weights';

export interface DownloadOptions {
  /** An abort keeps the chunks that have arrived. */
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number) => void;
}

const progressIntervalMs = 100;

/**
 * Stores the file, or resolves at once if it is there already. Rejects with an AppError; whole
 * chunks that have arrived are kept, except when the content proves wrong.
 */
export async function download(file: WeightsFile, options: DownloadOptions): Promise<void> {
  const run = () => storing(() => downloadAlone(file, options), file);
  // Another tab may be fetching the same file: wait for it and find the file stored.
  if (!navigator.locks) return run();
  const name = `corral-download:${file.modelId}/${file.name}`;
  return navigator.locks.request(name, { signal: options.signal }, run);
}

async function downloadAlone(file: WeightsFile, options: DownloadOptions): Promise<void> {
  const { modelId, name, sizeBytes, sha256 } = file;
  const manifest = await readManifest(modelId, name);
  const isSameFile = manifest?.sha256 === sha256 && manifest.sizeBytes === sizeBytes;
  if (manifest?.complete && isSameFile) return;
  if (!isSameFile) await deleteWeights(modelId, name);
  await writeManifest(modelId, name, { sizeBytes, sha256, complete: false });

  const hasher = await createSHA256();
  let receivedBytes = await hashStored(file, hasher);
  if (receivedBytes < sizeBytes) {
    const { response, startBytes } = await request(file, receivedBytes, options.signal);
    if (startBytes !== receivedBytes) hasher.init();
    receivedBytes = await receive(file, response, startBytes, hasher, options);
  }
  if (receivedBytes < sizeBytes) {
    throw new AppError('download-incomplete', { receivedBytes, totalBytes: sizeBytes });
  }
  if (receivedBytes > sizeBytes || hasher.digest('hex') !== sha256) {
    await deleteWeights(modelId, name);
    throw new AppError('model-damaged');
  }
  await writeManifest(modelId, name, { sizeBytes, sha256, complete: true });
}

/** Feeds what an earlier download left into the hash; returns its bytes, a whole number of chunks. */
async function hashStored({ modelId, name }: WeightsFile, hasher: IHasher): Promise<number> {
  const stored = await openChunks(modelId, name);
  for (let at = 0; at < stored.size; at += chunkBytes) {
    hasher.update(new Uint8Array(await stored.slice(at, at + chunkBytes).arrayBuffer()));
  }
  return stored.size;
}

/** Asks for the rest of the file; a server that does not know ranges sends all of it again. */
async function request(
  { modelId, name, url }: WeightsFile,
  fromBytes: number,
  signal: AbortSignal,
): Promise<{ response: Response; startBytes: number }> {
  const headers: HeadersInit = fromBytes > 0 ? { Range: `bytes=${fromBytes}-` } : {};
  const response = await fetch(url, { headers, signal, cache: 'no-store' });
  if (response.status === 416) {
    // What is stored is longer than the file: it belongs to another one.
    await deleteWeights(modelId, name);
    throw new AppError('model-damaged');
  }
  if (!response.ok) throw new AppError('download-failed', { status: response.status });
  const isRest =
    response.status === 206 &&
    response.headers.get('Content-Range')?.startsWith(`bytes ${fromBytes}-`) === true;
  return { response, startBytes: isRest ? fromBytes : 0 };
}

/** Stores the body chunk by chunk; returns the bytes of the file that are now known. */
async function receive(
  file: WeightsFile,
  response: Response,
  startBytes: number,
  hasher: IHasher,
  { signal, onProgress }: DownloadOptions,
): Promise<number> {
  let receivedBytes = startBytes;
  let chunk = new Uint8Array(chunkBytes);
  let chunkFill = 0;
  let reportedAt = -Infinity;

  const store = async (bytes: Uint8Array<ArrayBuffer>) => {
    const index = Math.floor((receivedBytes - 1) / chunkBytes);
    await writeChunk(file.modelId, file.name, index, bytes);
  };

  for await (const part of response.body ?? []) {
    signal.throwIfAborted();
    hasher.update(part);
    for (let at = 0; at < part.length;) {
      const taken = part.subarray(at, at + chunkBytes - chunkFill);
      chunk.set(taken, chunkFill);
      at += taken.length;
      chunkFill += taken.length;
      receivedBytes += taken.length;
      if (startBytes === 0 && receivedBytes === chunkFill) checkMagic(file, chunk, chunkFill);
      if (receivedBytes > file.sizeBytes) return receivedBytes;
      if (chunkFill === chunkBytes) {
        await store(chunk);
        chunk = new Uint8Array(chunkBytes);
        chunkFill = 0;
      }
    }
    if (performance.now() - reportedAt >= progressIntervalMs) {
      reportedAt = performance.now();
      onProgress(receivedBytes);
    }
  }
  // The last chunk is shorter; an interrupted one is not kept, so that chunks stay whole.
  if (receivedBytes === file.sizeBytes && chunkFill > 0) await store(chunk.slice(0, chunkFill));
  onProgress(receivedBytes);
  return receivedBytes;
}

/** Refuses a login page or any other wrong file before 98 MB of it are fetched. */
function checkMagic({ magic }: WeightsFile, bytes: Uint8Array, filled: number): void {
  const length = Math.min(filled, magic.length);
  const start = String.fromCharCode(...bytes.subarray(0, length));
  if (start !== magic.slice(0, length)) throw new AppError('model-not-a-model');
}

/** Names what the browser's own errors mean here. */
async function storing(run: () => Promise<void>, { sizeBytes }: WeightsFile): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (AppError.isInstance(error) || !(error instanceof Error)) throw error;
    if (error.name === 'AbortError') throw new AppError('aborted', {}, { cause: error });
    if (error.name === 'QuotaExceededError') {
      throw new AppError('storage-quota', { needBytes: sizeBytes }, { cause: error });
    }
    if (error instanceof DOMException)
      throw new AppError('storage-unavailable', {}, { cause: error });
    const code = navigator.onLine ? 'download-failed' : 'offline';
    throw new AppError(code, {}, { cause: error });
  }
}
