/** WebLLM behind the engine port: MLC models on WebGPU. Hosts MLCEngine directly. */
import { type InitProgressReport, MLCEngine } from '@mlc-ai/web-llm';
import type { EngineModel, Loaded, LoadProgress, Prompt } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import type { Engine, OnLost } from './engine';
import { Generation } from './generation';
import { libraryName } from '../../src/storage/weights';
import { orAborted } from '../timeout';
import { TokenEngine } from './token-engine';
import { artifactFolder, storedArtifacts } from './webllm-artifacts';
import { loadError, runError } from './webllm-errors';
import { openPipeline } from './webllm-pipeline';
import { Steps } from './webllm-steps';
import { tokenModel } from './webllm-token-model';
import type { ExactTokenizer } from './tokenizer';
import { openTokenizer } from './webllm-tokenizer';

type MlcModel = Extract<EngineModel, { engine: 'webllm' }>;

/** A lost device reports its loss well within this time after the first failed read. */
const lossDelayMs = 100;

export class WebLlmEngine extends TokenEngine implements Engine<MlcModel> {
  readonly #onLost: OnLost;
  /** Aborted, with the error as its reason, when the GPU device is lost. */
  readonly #loss = new AbortController();
  #engine: MLCEngine | null = null;
  #tokenizer: ExactTokenizer | null = null;

  constructor(onLost: OnLost) {
    super();
    this.#onLost = onLost;
  }

  async load(
    model: MlcModel,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: LoadProgress) => void },
  ): Promise<Loaded> {
    onProgress({});
    await requireAdapter();
    const engine = new MLCEngine({
      appConfig: {
        artifactCache: storedArtifacts(model),
        model_list: [
          {
            model: artifactFolder,
            model_id: model.modelId,
            model_lib: artifactFolder + libraryName,
            // WebLLM accepts only one kind of window, but folders such as Mistral's also set a sliding one.
            overrides: { context_window_size: model.contextTokens, sliding_window_size: -1 },
          },
        ],
      },
      initProgressCallback: (report) => onProgress(toProgress(report)),
      logLevel: 'SILENT', // errors are thrown as well
    });
    this.#engine = engine;
    const abort = () => void engine.unload();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const loading = watchDevices(this.#onDeviceLost, () => engine.reload(model.modelId));
      await orAborted(loading, this.#loss.signal);
      signal.throwIfAborted();
      const pipeline = openPipeline(engine, model.modelId);
      const tokenizer = await openTokenizer(pipeline.tokenizer, model);
      const tokens = tokenModel(new Steps(pipeline), tokenizer, (work) => this.#orLost(work));
      this.#tokenizer = tokenizer;
      this.generation = new Generation(tokens);
      const { contextTokens, json } = tokens;
      return { engine: 'webllm', threads: 0, contextTokens, json: json !== null };
    } catch (error) {
      signal.throwIfAborted();
      // A device that is lost while weights are uploaded has nearly always run out of memory.
      if (this.#loss.signal.aborted) throw new AppError('out-of-memory', {}, { cause: error });
      throw loadError(error);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async tokenize(prompt: Prompt): Promise<number[][]> {
    const tokenizer = this.#tokenizer;
    if (!tokenizer) throw new AppError('model-not-loaded');
    return prompt.map((part) => tokenizer.encode(part));
  }

  async unload(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    this.#tokenizer = null;
    this.generation = null;
    // A lost device has freed its memory, and waiting for it might never end.
    if (!this.#loss.signal.aborted) await engine?.unload();
  }

  protected failure(cause: unknown): AppError {
    const error = runError(cause);
    // After any other error the KV cache is in an unknown state.
    if (!AppError.isInstance(cause)) this.#onLost(error);
    return error;
  }

  /** Fails with the loss of the device, even if a read fails before the loss is reported. */
  async #orLost<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#loss;
    try {
      return await orAborted(work, signal);
    } catch (cause) {
      await new Promise((resolve) => setTimeout(resolve, lossDelayMs));
      signal.throwIfAborted();
      throw cause;
    }
  }

  /** WebLLM then unloads itself without a report. */
  readonly #onDeviceLost = ({ message }: GPUDeviceLostInfo) => {
    if (!this.#engine) return; // our own unload also destroys the device
    const error = new AppError('gpu-lost', {}, { cause: message });
    this.#loss.abort(error);
    this.#onLost(error);
  };
}

function toProgress({ progress, text }: InitProgressReport): LoadProgress {
  // The report has no field for the phase, only its text. Weights are uploaded, then shaders are compiled; both share
  // one progress bar.
  const done = /shader|finish/i.test(text) ? 1 : 0;
  return { progress01: (done + progress) / 2 };
}

/** Rejects with `gpu-unavailable` if there is no adapter. */
async function requireAdapter(): Promise<void> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new AppError('gpu-unavailable');
}

/**
 * Runs the work and reports when a device created during it is lost, then or later, for any cause, its own
 * `destroy()` included. The device is created inside WebLLM's runtime, so this wraps the only call that can
 * create one.
 */
async function watchDevices<T>(
  onLost: (info: GPUDeviceLostInfo) => void,
  work: () => Promise<T>,
): Promise<T> {
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await request.call(this, descriptor);
    void device.lost.then(onLost);
    return device;
  };
  try {
    return await work();
  } finally {
    GPUAdapter.prototype.requestDevice = request;
  }
}
