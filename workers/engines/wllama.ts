/** wllama (llama.cpp in WebAssembly) behind the engine port: GGUF models on the CPU. */
import { Wllama } from '@wllama/wllama/esm/index.js';
import type {
  EngineModel,
  GenerateParams,
  Loaded,
  LoadProgress,
  Prompt,
} from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import { openWeights } from '../../src/storage/weights';
import type { Engine, GenerationEvent, OnLost } from './engine';
import { fetchWasm } from './wasm-file';
import { commonPrefix, usageClock } from './generation';
import { orTimeout } from './timeout';

type GgufModel = Extract<EngineModel, { engine: 'wllama' }>;

/**
 * Tokens a prefill step takes. An abort is looked at between steps, so this is the price of a
 * quick stop: see docs/decisions/0002-cpu-engine.md for what was measured.
 */
const prefillStepTokens = 16;

/** A slow phone reads 98 MB and builds its buffers well within this; a lost worker never answers. */
const loadTimeoutMs = 120_000;

export class WllamaEngine implements Engine<GgufModel> {
  readonly #onLost: OnLost;
  #wllama: Wllama | null = null;
  #contextTokens = 0;
  /** The tokens whose keys and values are in the KV cache, in order. */
  #cached: number[] = [];

  constructor(onLost: OnLost) {
    this.#onLost = onLost;
  }

  async load(
    model: GgufModel,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: LoadProgress) => void },
  ): Promise<Loaded> {
    const blob = await openGguf(model);
    const wasm = await fetchWasm(model.threads > 1 ? 'multi-thread' : 'single-thread');
    signal.throwIfAborted();
    onProgress({ phase: 'load' });
    const wllama = new Wllama(
      { 'single-thread/wllama.wasm': wasm.url, 'multi-thread/wllama.wasm': wasm.url },
      { suppressNativeLog: true, logger: quiet },
    );
    this.#wllama = wllama;
    try {
      const loading = withDocumentBase(() =>
        wllama.loadModel([blob], {
          n_ctx: model.contextTokens,
          n_batch: prefillStepTokens,
          n_threads: model.threads,
          // Both are faster than the defaults in WebAssembly, where 16-bit floats are emulated.
          flash_attn: false,
          cache_type_k: 'f32',
          cache_type_v: 'f32',
        }),
      );
      await orTimeout(loading, loadTimeoutMs, signal);
    } catch (error) {
      throw AppError.from(error, 'engine-failed');
    } finally {
      wasm.release();
    }
    this.#contextTokens = wllama.getLoadedContextInfo().n_ctx;
    this.#cached = [];
    return {
      engine: 'wllama',
      threads: wllama.isMultithread() ? wllama.getNumThreads() : 1,
      contextTokens: this.#contextTokens,
    };
  }

  async *generate(
    prompt: Prompt,
    params: GenerateParams,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent, void> {
    const wllama = this.#wllama;
    if (!wllama) throw new AppError('model-not-loaded');
    try {
      const tokens = await this.#tokenize(wllama, prompt);
      yield* this.#answer(wllama, tokens, params, signal);
    } catch (error) {
      if (AppError.isInstance(error)) throw error;
      // A trap inside the wasm leaves the runtime unusable, and the KV cache in an unknown state.
      const lost = new AppError('engine-died', {}, { cause: error });
      this.#onLost(lost);
      throw lost;
    }
  }

  async unload(): Promise<void> {
    const wllama = this.#wllama;
    this.#wllama = null;
    await wllama?.exit();
  }

  async #tokenize(wllama: Wllama, prompt: Prompt): Promise<number[]> {
    const tokens: number[] = [];
    for (const part of prompt) {
      tokens.push(...(await wllama.tokenize(part.text, part.type === 'control')));
    }
    return tokens;
  }

  async *#answer(
    wllama: Wllama,
    prompt: readonly number[],
    params: GenerateParams,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent, void> {
    // One place is needed for the first token of the answer.
    if (prompt.length >= this.#contextTokens) {
      throw new AppError('context-overflow', {
        promptTokens: prompt.length,
        contextTokens: this.#contextTokens,
      });
    }
    const keep = await this.#keepPrefix(wllama, prompt);
    const clock = usageClock(prompt.length, keep);

    while (this.#cached.length < prompt.length) {
      if (signal.aborted) return yield clock.end('aborted');
      const at = this.#cached.length;
      const step = prompt.slice(at, at + prefillStepTokens);
      const isLast = at + step.length === prompt.length;
      await wllama.decode([...step], { skipLogits: !isLast });
      this.#cached.push(...step);
      yield { type: 'prefill', doneTokens: this.#cached.length, totalTokens: prompt.length };
    }

    await wllama.samplingInit({
      temp: params.temperature,
      top_p: params.topP,
      penalty_repeat: params.repeatPenalty,
      penalty_last_n: 64,
    });
    clock.prefillDone();
    const utf8 = new TextDecoder();
    while (!signal.aborted) {
      const { token, piece } = await wllama.samplingSample();
      if (wllama.isTokenEOG(token)) return yield clock.end('stop');
      clock.count();
      const text = utf8.decode(piece, { stream: true });
      if (text !== '') yield { type: 'token', text };
      const isFull = this.#cached.length + 1 >= this.#contextTokens;
      if (clock.completionTokens >= params.maxTokens || isFull) return yield clock.end('length');
      await wllama.samplingAccept([token]);
      await wllama.decode([token], {});
      this.#cached.push(token);
    }
    yield clock.end('aborted');
  }

  /**
   * Cuts the KV cache back to what it shares with the prompt; returns how many tokens that is.
   * The prompt's last token is always decoded again, since its logits are needed.
   */
  async #keepPrefix(wllama: Wllama, prompt: readonly number[]): Promise<number> {
    const keep = Math.min(commonPrefix(this.#cached, prompt), prompt.length - 1);
    if (keep < this.#cached.length) await wllama.kvRemove(keep, -1);
    this.#cached.length = keep;
    return keep;
  }
}

/** The stored file, checked: wllama hangs or claims success on a file that is cut short or no GGUF. */
async function openGguf({ modelId, file }: GgufModel): Promise<Blob> {
  const blob = await openWeights(modelId, file.name);
  if (!blob) throw new AppError('model-missing');
  const magic = await blob.slice(0, 4).text();
  if (blob.size !== file.sizeBytes || magic !== 'GGUF') {
    throw new AppError('model-damaged', { haveBytes: blob.size, needBytes: file.sizeBytes });
  }
  return blob;
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

/** llama.cpp's log is long and of no use to a visitor; its errors are kept for bug reports. */
const quiet = {
  debug: () => {},
  log: () => {},
  warn: () => {},
  error: (...args: unknown[]) => console.error('wllama:', ...args),
};
