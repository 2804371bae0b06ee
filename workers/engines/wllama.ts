/** wllama (llama.cpp in WebAssembly) as an engine: GGUF models on the CPU. */
import { Wllama } from '@wllama/wllama/esm/index.js';
import type { EngineModel, Loaded, LoadProgress, Prompt } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import { type FileContent, isUnreadable } from '../../src/storage/weights-file';
import type { Engine, OnLost } from './engine';
import { Generation, normalised, type TokenModel } from './generation';
import { openFile } from './open-file';
import { orTimeout } from '../timeout';
import { looksLikeControl } from './token-bytes';
import { TokenEngine } from './token-engine';
import { withWasm } from './wllama-wasm';

type GgufModel = Extract<EngineModel, { engine: 'wllama' }>;

/**
 * Tokens in a prefill step. An abort takes effect between steps, so a quick stop needs small steps. Measurements are
 * in docs/decisions/0002-cpu-engine.md.
 */
const prefillStepTokens = 16;

/** wllama's value for the logits of all tokens. */
const wholeVocabulary = -1;

/** llama.cpp's value for any seed; each answer then brings its own, in `n_probs`: vite/wllama-seeds.ts. */
const anySeed = -1;
/** A slow phone loads 98 MB well within this time; a lost worker never answers. */
const loadTimeoutMs = 120_000;

export class WllamaEngine extends TokenEngine implements Engine<GgufModel> {
  readonly #onLost: OnLost;
  #wllama: Wllama | null = null;

  constructor(onLost: OnLost) {
    super();
    this.#onLost = onLost;
  }

  async load(
    model: GgufModel,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: LoadProgress) => void },
  ): Promise<Loaded> {
    const gguf = await openGguf(model);
    const { wasm } = model;
    if (!wasm) throw new AppError('engine-file-missing');
    signal.throwIfAborted();
    const wllama = new Wllama(
      // These addresses are never fetched: the worker gets the compiled wasm.
      { 'single-thread/wllama.wasm': 'wllama.wasm', 'multi-thread/wllama.wasm': 'wllama.wasm' },
      { suppressNativeLog: true, logger: quiet },
    );
    this.#wllama = wllama;
    try {
      const loadModel = () =>
        // wllama uses only a Blob's size and stream.
        wllama.loadModel([withProgress(gguf, onProgress) as Blob], {
          n_ctx: model.contextTokens,
          n_batch: prefillStepTokens,
          n_threads: model.threads,
          seed: anySeed,
          // Both are faster than the defaults in WebAssembly, which emulates 16-bit floats.
          flash_attn: false,
          cache_type_k: 'f32',
          cache_type_v: 'f32',
        });
      const loading = withDocumentBase(() => withWasm(wasm, loadModel));
      await orTimeout(loading, loadTimeoutMs, signal);
    } catch (error) {
      throw AppError.from(error, isUnreadable(error) ? 'model-damaged' : 'engine-failed');
    }
    const contextTokens = wllama.getLoadedContextInfo().n_ctx;
    this.generation = new Generation(tokenModel(wllama, contextTokens));
    return {
      engine: 'wllama',
      threads: wllama.isMultithread() ? wllama.getNumThreads() : 1,
      contextTokens,
      json: true,
    };
  }

  async tokenize(prompt: Prompt): Promise<number[][]> {
    const wllama = this.#wllama;
    if (!wllama) throw new AppError('model-not-loaded');
    const tokens: number[][] = [];
    // One at a time: wllama can hang on two calls at once.
    for (const { type, text } of prompt) {
      // llama.cpp adds the vocabulary's leading space even to an empty text.
      tokens.push(text === '' ? [] : await wllama.tokenize(text, type === 'control'));
    }
    return tokens;
  }

  async unload(): Promise<void> {
    const wllama = this.#wllama;
    this.#wllama = null;
    this.generation = null;
    await wllama?.exit();
  }

  protected failure(error: unknown): AppError {
    if (AppError.isInstance(error)) return error;
    // A trap in WebAssembly leaves the runtime unusable, and the KV cache in an unknown state.
    const lost = new AppError('engine-died', {}, { cause: error });
    this.#onLost(lost);
    return lost;
  }
}

function tokenModel(wllama: Wllama, contextTokens: number): TokenModel {
  let utf8 = new TextDecoder();
  let vocabulary: Promise<readonly Uint8Array[]> | undefined;
  return {
    contextTokens,
    prefillStepTokens,
    // wllama 2.3.7 empties the cache when `keepTokens` is 0, but reports a failure.
    rewind: (keepTokens) => (keepTokens === 0 ? wllama.kvClear() : wllama.kvRemove(keepTokens, -1)),
    prefill: async (tokens, { needsLogits }) => {
      await wllama.decode([...tokens], { skipLogits: !needsLogits });
    },
    startSampling: async ({ temperature, seed, ...params }) => {
      utf8 = new TextDecoder();
      // At temperature 0 only the likeliest token counts. To cut off others would still sort the vocabulary.
      const isGreedy = temperature === 0;
      await wllama.samplingInit({
        temp: temperature,
        top_p: isGreedy ? 1 : params.topP,
        // wllama has its own defaults for absent values.
        top_k: isGreedy ? 0 : (params.topK ?? 0),
        min_p: isGreedy ? 0 : (params.minP ?? 0),
        penalty_repeat: params.repeatPenalty,
        penalty_freq: params.frequencyPenalty ?? 0,
        penalty_present: params.presencePenalty ?? 0,
        penalty_last_n: 64,
        n_probs: seed ?? Math.floor(Math.random() * 2 ** 31),
      });
    },
    sample: async () => {
      const { token, piece } = await wllama.samplingSample();
      // A character may span several tokens; the decoder waits for the last one.
      return wllama.isTokenEOG(token)
        ? null
        : { token, text: utf8.decode(piece, { stream: true }) };
    },
    accept: async (token) => {
      await wllama.samplingAccept([token]);
      await wllama.decode([token], {});
    },
    choiceProbabilities: async (tokens) => {
      const all = await wllama.getLogits(wholeVocabulary);
      const byToken = new Map(all.map(({ token, p }) => [token, p]));
      return normalised(tokens.map((token) => byToken.get(token) ?? 0));
    },
    json: {
      vocabulary: () => (vocabulary ??= readVocabulary(wllama)),
      likeliest: (count) => wllama.getLogits(count),
    },
  };
}

const openingBracket = 0x3c;

/** wllama gives control tokens the bytes of their names, and does not say which they are. */
async function readVocabulary(wllama: Wllama): Promise<readonly Uint8Array[]> {
  // wllama 2.3.7 returns as many empty pieces before the real ones.
  const all = await wllama.getVocab();
  const pieces = all.slice(all.length / 2);
  const isControl = (piece: Uint8Array) =>
    piece[0] === openingBracket && looksLikeControl.test(new TextDecoder().decode(piece));
  return pieces.map((piece, token) =>
    wllama.isTokenEOG(token) || isControl(piece) ? new Uint8Array() : piece,
  );
}

/** The stored file, validated: wllama hangs or reports success on a truncated file or one that is not a GGUF. */
async function openGguf(model: GgufModel): Promise<FileContent> {
  const { file } = model;
  const gguf = await openFile(model, file.name);
  if (!gguf) throw new AppError('model-missing');
  const magic = await gguf.slice(0, 4).text();
  if (gguf.size !== file.sizeBytes || magic !== 'GGUF') {
    throw new AppError('model-damaged', { haveBytes: gguf.size, needBytes: file.sizeBytes });
  }
  return gguf;
}

/** The first progress shows that wllama's own worker runs: nothing is read before. */
function withProgress(
  file: FileContent,
  onProgress: (progress: LoadProgress) => void,
): Pick<Blob, 'size' | 'stream'> {
  let percent = -1;
  let readBytes = 0;
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      readBytes += chunk.byteLength;
      const newPercent = Math.floor((100 * readBytes) / file.size);
      if (newPercent !== percent) onProgress({ progress01: readBytes / file.size });
      percent = newPercent;
      controller.enqueue(chunk);
    },
  });
  return { size: file.size, stream: () => file.stream().pipeThrough(count) };
}

/** wllama resolves its wasm's address against `document.baseURI`, which a worker does not have. */
async function withDocumentBase<T>(run: () => Promise<T>): Promise<T> {
  const scope = globalThis as { document?: { baseURI: string } };
  scope.document = { baseURI: location.href };
  try {
    return await run();
  } finally {
    delete scope.document;
  }
}

/** llama.cpp's log is long, so only its errors are logged, for bug reports. */
const quiet = {
  debug: () => {},
  log: () => {},
  warn: () => {},
  error: (...args: unknown[]) => console.error('wllama:', ...args),
};
