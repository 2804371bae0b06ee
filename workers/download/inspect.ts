/** Reads a model's metadata from its files, without its weights. */
import { gguf } from '@huggingface/gguf';
import { shapeOfGguf, shapeOfMlc } from '../../src/core/models/model-memory';
import { isRecurrentGguf, isRecurrentMlc } from '../../src/core/models/recurrent';
import { isTurnFormat, type PromptFormat } from '../../src/core/prompt/prompt-format';
import { inParts } from '../../src/core/models/picked-files';
import { partsOf } from '../../src/core/read-stream';
import {
  largestTensorBytes,
  readTensorIndex,
  readTokenizerFiles,
} from '../../src/core/models/tensor-index';
import {
  type FileOrigin,
  type FolderOrigin,
  formatFaults,
  type ModelFacts,
  type ModelOrigin,
} from '../../src/protocol/download';
import { AppError } from '../../src/protocol/errors';
import { request, requestFile, withDownloadErrors } from './download-errors';
import { createHasher, updateFrom } from './hash';
import { withIndexName } from './index-name';
import { inFolder } from './store-model';
import { samplingOfGguf, samplingOfMlc } from './model-sampling';
import type { Ask } from './network';
import { mlcFormat, mlcVocabulary } from './mlc-format';
import { listedVocabulary, promptFormat, shortened } from './gguf-format';

interface InspectOptions {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  /** Called before the model's own template is rendered. */
  readonly onRender?: () => void;
}

/** Rejects with an AppError. */
export function inspectModel(origin: ModelOrigin, options: InspectOptions): Promise<ModelFacts> {
  return withDownloadErrors(origin, 0, () =>
    origin.kind === 'gguf' ? inspectGguf(origin, options) : inspectMlc(origin, options),
  );
}

/** The GGUF library requires an address; it is never fetched. */
const placeholderUrl = 'https://gguf.invalid/model.gguf';

/** Reads only the header: a few megabytes, mostly the vocabulary. */
async function inspectGguf(
  { name, file: origin }: Extract<ModelOrigin, { kind: 'gguf' }>,
  options: InspectOptions,
): Promise<ModelFacts> {
  let sizeBytes = 0;
  const fetchPart = async (_: unknown, { headers }: RequestInit = {}) => {
    const { part, totalBytes } = await readPart(
      origin,
      new Headers(headers).get('Range') ?? '',
      options,
    );
    sizeBytes = totalBytes;
    return new Response(part);
  };
  const { metadata, tensorInfos, tensorDataOffset } = await gguf(placeholderUrl, {
    fetch: fetchPart as typeof fetch,
  }).catch((cause: unknown) => {
    // Errors of the GGUF library are about the content; others are about reading.
    if (cause instanceof RangeError || (cause instanceof Error && cause.constructor === Error)) {
      throw new AppError('model-not-a-model', {}, { cause });
    }
    throw cause;
  });
  const lastStart = tensorInfos.reduce((last, { offset }) => (offset > last ? offset : last), 0n);
  if (tensorDataOffset + lastStart >= BigInt(sizeBytes)) throw new AppError('model-damaged');
  const known = metadata as unknown as Readonly<Record<string, unknown>>;
  const parts = numberOf(known['split.count']);
  if (parts > 1) throw inParts(name, parts);
  const architecture = textOf(known['general.architecture']);
  if (isRecurrentGguf(known)) throw new AppError('model-recurrent', { architecture });
  options.onRender?.();
  const format = formatOrFault(known);
  return {
    name: textOf(known['general.name']),
    licence: textOf(known['general.license']),
    sizeBytes,
    contextTokens: numberOf(known[`${architecture}.context_length`]),
    template: '',
    ...format,
    vocabulary: listedVocabulary(known),
    sampling: samplingOfGguf(known),
    shape: shapeOfGguf(known),
    quantisation: '',
    largestTensorBytes: 0,
    ...(typeof origin === 'string' ? {} : { fingerprint: await fingerprint(origin) }),
  };
}

/** Without a usable template, the visitor chooses a format; the name may show it (early Llama 2). */
function formatOrFault(
  metadata: Readonly<Record<string, unknown>>,
): Pick<ModelFacts, 'format' | 'formatFault'> {
  try {
    const format = promptFormat(metadata);
    return canBeStored(format) ? { format } : { formatFault: 'template-irregular' };
  } catch (cause) {
    const fault = formatFaults.find((code) => AppError.isInstance(cause) && cause.code === code);
    if (!fault) throw cause;
    return { formatFault: fault };
  }
}

const canBeStored = (format: PromptFormat) => typeof format === 'string' || isTurnFormat(format);

const sampleBytes = 256 * 1024;

/** Two models of one architecture may have the same header and size, but their weights always differ. */
async function fingerprint(file: Blob): Promise<string> {
  const hasher = await createHasher('sha256');
  const middle = Math.floor(file.size / 2);
  await updateFrom(file.slice(middle, middle + sampleBytes), hasher);
  await updateFrom(file.slice(-sampleBytes), hasher);
  return hasher.digest();
}

/** A range of the file, such as `bytes=0-1999999`, and the total size. */
async function readPart(origin: FileOrigin, range: string, { ask, signal }: InspectOptions) {
  const [first = 0, last = 0] = (range.match(/\d+/g) ?? []).map(Number);
  if (typeof origin !== 'string') {
    if (first >= origin.size) throw new AppError('model-damaged');
    return { part: origin.slice(first, last + 1), totalBytes: origin.size };
  }
  const response = await request(ask, origin, { range, signal });
  if (response.status === 416) throw new AppError('model-damaged'); // it ends within its header
  if (!response.ok) throw new AppError('download-failed', { status: response.status });
  const isPart = response.status === 206;
  const totalBytes = isPart
    ? response.headers.get('Content-Range')?.split('/')[1]
    : response.headers.get('Content-Length');
  // If a server sends the whole file, only the requested part is read.
  const part = await readStart(response, last + 1 - (isPart ? first : 0));
  return { part: isPart ? part : part.slice(first), totalBytes: numberOf(Number(totalBytes)) };
}

async function readStart({ body }: Response, bytes: number): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  for await (const part of body ? partsOf(body) : []) {
    parts.push(part.slice());
    read += part.length;
    if (read >= bytes) break; // ends the request
  }
  return new Blob(parts).slice(0, bytes);
}

async function inspectMlc(
  { folder, library }: Extract<ModelOrigin, { kind: 'mlc' }>,
  { ask, signal, onRender }: InspectOptions,
): Promise<ModelFacts> {
  const readJson = async (name: string): Promise<unknown> => {
    const origin = inFolder(folder, name);
    const file = typeof origin === 'string' ? await requestFile(ask, origin, { signal }) : origin;
    const text = await file.text();
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new AppError('model-not-a-model', { file: name }, { cause });
    }
  };
  const config = await readJson('mlc-chat-config.json');
  const known = (config ?? {}) as Readonly<Record<string, unknown>>;
  if (isRecurrentMlc(known)) {
    throw new AppError('model-recurrent', { architecture: textOf(known['model_type']) });
  }
  const index = await withIndexName(readJson);
  const shards = readTensorIndex(index);
  // Files of a picked folder are checked now, and files on a server when they are downloaded.
  readTokenizerFiles(config).forEach((name) => inFolder(folder, name));
  for (const { name, sizeBytes } of shards) {
    const file = inFolder(folder, name);
    if (typeof file !== 'string' && file.size !== sizeBytes) {
      throw new AppError('model-damaged', { file: name });
    }
  }
  const shardBytes = shards.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const libraryBytes = typeof library === 'string' ? 0 : library.size;
  const { name } = (known['conv_template'] ?? {}) as { name?: unknown };
  const tokenizer = await tokenizerConfig(known, folder, readJson);
  onRender?.();
  const format = mlcFormat(known, tokenizer);
  const vocabulary = mlcVocabulary(known, tokenizer);
  return {
    name: textOf(known['model_type']),
    licence: '',
    sizeBytes: shardBytes + libraryBytes,
    contextTokens: numberOf(known['context_window_size']),
    template: textOf(name),
    ...(format && canBeStored(format) ? { format } : {}),
    ...(vocabulary ? { vocabulary: shortened(vocabulary) } : {}),
    sampling: samplingOfMlc(known),
    shape: shapeOfMlc(known['model_config']),
    quantisation: textOf(known['quantization']),
    largestTensorBytes: largestTensorBytes(index),
  };
}

/** The tokens' names and kinds; null if the folder has no such file. */
async function tokenizerConfig(
  config: Readonly<Record<string, unknown>>,
  folder: FolderOrigin,
  readJson: (name: string) => Promise<unknown>,
): Promise<unknown> {
  const name = 'tokenizer_config.json';
  const files = config['tokenizer_files'];
  const isListed = Array.isArray(files) && files.includes(name);
  const isThere = typeof folder === 'string' ? isListed : Object.hasOwn(folder, name);
  return isThere ? readJson(name) : null;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
