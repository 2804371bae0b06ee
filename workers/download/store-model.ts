/** Stores a whole model: a GGUF file, or an MLC folder with its library. */
import { readTensorIndex, readTokenizerFiles } from '../../src/core/models/tensor-index';
import type {
  FileOrigin,
  FolderOrigin,
  ModelSource,
  PinnedHashes,
} from '../../src/protocol/download';
import { AppError } from '../../src/protocol/errors';
import {
  deleteFile,
  libraryName,
  readManifest,
  readStoredModel,
  writeStoredModel,
} from '../../src/storage/weights';
import { recordHash } from '../../src/storage/weights-hashes';
import { withDownloadErrors } from './download-errors';
import { downloadFile, type WantedFile } from './store-file';
import { indexName, withIndexName } from './index-name';
import { readList } from './read-list';
import type { Ask } from './network';
import { withRetries } from './retry';
import { oneTabAtATime } from './tabs';

export interface DownloadOptions {
  readonly ask: Ask;
  /** An abort keeps the chunks that have arrived. */
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void;
  readonly onFetched: (url: string, bytes: number) => void;
}

const parallelShards = 4;
const progressIntervalMs = 100;

/** Resolves at once if the model is stored. Rejects with an AppError; what has arrived is kept. */
export async function downloadModel(source: ModelSource, options: DownloadOptions): Promise<void> {
  return withDownloadErrors(source, source.sizeBytes, () =>
    oneTabAtATime(source.modelId, options, (shared) => downloadAlone(source, shared)),
  );
}

async function downloadAlone(source: ModelSource, options: DownloadOptions): Promise<void> {
  if (await readStoredModel(source.modelId)) return;
  const progress = sumOfFiles(source.sizeBytes, options.onProgress);
  const fetchFile = async (file: WantedFile, signal = options.signal) => {
    const { ask, onFetched } = options;
    const onProgress = (bytes: number) => progress.set(file.name, bytes);
    const sizeBytes = await withRetries(
      () => downloadFile(file, { ask, signal, onProgress, onFetched }),
      signal,
    );
    return { name: file.name, sizeBytes };
  };
  try {
    const files = await (source.kind === 'gguf'
      ? downloadGguf(source, fetchFile)
      : downloadMlc(source, fetchFile, progress.setTotal, options));
    await writeStoredModel(source.modelId, { files, storedMs: Date.now() });
  } finally {
    progress.end();
  }
}

type StoredFile = { readonly name: string; readonly sizeBytes: number };
type FetchFile = (file: WantedFile, signal?: AbortSignal) => Promise<StoredFile>;

async function downloadGguf(
  { modelId, name, file: origin, sizeBytes, pinned }: Extract<ModelSource, { kind: 'gguf' }>,
  fetchFile: FetchFile,
): Promise<StoredFile[]> {
  const expected = pinnedHash(pinned, name);
  return [await fetchFile({ modelId, name, origin, sizeBytes, expected, magic: 'GGUF' })];
}

async function downloadMlc(
  source: Extract<ModelSource, { kind: 'mlc' }>,
  fetchFile: FetchFile,
  setTotal: (totalBytes: number) => void,
  options: DownloadOptions,
): Promise<StoredFile[]> {
  const { modelId, folder, pinned } = source;
  const small = async (
    name: string,
    magic: string,
    place = inFolder(folder, name),
    origin = place,
  ) => {
    const expected = pinnedHash(pinned, name);
    const file = await fetchFile({ modelId, name, origin, sizeBytes: null, expected, magic });
    if (expected === '' && isFromElsewhere(place)) await compareWithSeen(modelId, name);
    return file;
  };
  // A list of further files is fetched from the model's origin each time. If it came from the store, anyone who can
  // write the store could control what is fetched.
  const list = async <T>(name: string, place: FileOrigin, read: (value: unknown) => T) => {
    const content = await readList(place, options);
    const value = parse(await content.text(), name, read);
    await deleteFile(modelId, name);
    return { value, file: await small(name, '{', place, content) };
  };
  const configName = 'mlc-chat-config.json';
  const config = await list(configName, inFolder(folder, configName), readTokenizerFiles);
  const index = await withIndexName((name) =>
    list(indexName, inFolder(folder, name), readTensorIndex),
  );
  const library = await small(libraryName, '\0asm', source.library);
  const tokenizers = [];
  for (const name of config.value) {
    tokenizers.push(await small(name, name.endsWith('.json') ? '{' : ''));
  }
  const files = [config.file, index.file, library, ...tokenizers];

  const shards = index.value;
  const sum = (sizes: readonly { sizeBytes: number }[]) =>
    sizes.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  setTotal(sum(files) + sum(shards));
  const fetchShard = ({ name, sizeBytes, md5 }: (typeof shards)[number], shared: AbortSignal) => {
    const expected = md5 === null ? '' : `md5:${md5}`;
    const origin = inFolder(folder, name);
    return fetchFile({ modelId, name, origin, sizeBytes, expected, magic: '' }, shared);
  };
  const stored = await inParallel(parallelShards, shards, options.signal, fetchShard);
  return [...files, ...stored];
}

/** Files on the app's own site change with the app. */
const isFromElsewhere = (origin: FileOrigin) =>
  typeof origin === 'string' && new URL(origin).origin !== location.origin;

/**
 * A file without a hash known in advance must not change after its first download. If it did, deletes it and
 * throws `model-changed`.
 */
async function compareWithSeen(modelId: string, file: string): Promise<void> {
  const now = (await readManifest(modelId, file))?.hash ?? '';
  const before = await recordHash(modelId, file, now);
  if (before === now) return;
  await deleteFile(modelId, file);
  throw new AppError('model-changed', { file, before, now });
}

const pinnedHash = (pinned: PinnedHashes, name: string) =>
  pinned[name] === undefined ? '' : `sha256:${pinned[name]}`;

/** The origin of a folder's file. Throws `file-missing` if it is not among the picked files. */
export function inFolder(folder: FolderOrigin, name: string): FileOrigin {
  if (typeof folder === 'string') return folder + name;
  const file = Object.hasOwn(folder, name) ? folder[name] : undefined;
  if (!file) throw new AppError('file-missing', { file: name });
  return file;
}

function parse<T>(content: string, name: string, read: (value: unknown) => T): T {
  try {
    return read(JSON.parse(content));
  } catch (cause) {
    throw new AppError('model-not-a-model', { file: name }, { cause });
  }
}

/**
 * Results are in the order of the items. The first failure aborts the others, and rejects only after all have
 * ended, so that nothing is written during the next attempt.
 */
async function inParallel<T, R>(
  width: number,
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  let next = 0;
  const lane = async () => {
    while (next < items.length && !failure.signal.aborted) {
      const at = next++;
      results[at] = await work(items[at]!, either);
    }
  };
  const lanes = Array.from({ length: width }, () =>
    lane().catch((error: unknown) => failure.abort(error)),
  );
  await Promise.all(lanes);
  if (failure.signal.aborted) throw failure.signal.reason;
  return results;
}

/** Sums up the files' progress and reports it at intervals, and always at the end. */
function sumOfFiles(
  estimatedBytes: number,
  onProgress: (receivedBytes: number, totalBytes: number) => void,
) {
  const received = new Map<string, number>();
  let totalBytes = estimatedBytes;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const report = () => {
    clearTimeout(timer);
    timer = undefined;
    const sum = [...received.values()].reduce((total, bytes) => total + bytes, 0);
    onProgress(sum, Math.max(sum, totalBytes));
  };
  return {
    setTotal(bytes: number) {
      totalBytes = bytes;
    },
    set(name: string, bytes: number) {
      received.set(name, bytes);
      timer ??= setTimeout(report, progressIntervalMs);
    },
    end() {
      if (timer !== undefined) report();
    },
  };
}
