/** WebLLM behind the engine port: hosts MLCEngine directly, on WebGPU. */
import { type InitProgressReport, MLCEngine } from '@mlc-ai/web-llm';
import type {
  EngineModel,
  Finish,
  GenerateParams,
  Loaded,
  LoadProgress,
  Prompt,
} from '../../src/protocol/engine';
import { AppError, type ErrorCode } from '../../src/protocol/errors';
import type { Engine, GenerationEvent, OnLost } from './engine';

type MlcModel = Extract<EngineModel, { engine: 'webllm' }>;

export class WebLlmEngine implements Engine<MlcModel> {
  readonly #onLost: OnLost;
  #engine: MLCEngine | null = null;

  constructor(onLost: OnLost) {
    this.#onLost = onLost;
  }

  async load(
    model: MlcModel,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: LoadProgress) => void },
  ): Promise<Loaded> {
    await requireAdapter();
    this.#watchDevices();
    const engine = new MLCEngine({
      appConfig: {
        cacheBackend: 'indexeddb',
        model_list: [
          {
            model: model.modelUrl,
            model_id: model.modelId,
            model_lib: model.libraryUrl,
            overrides: { context_window_size: model.contextTokens },
          },
        ],
      },
      initProgressCallback: (report) => onProgress(toProgress(report)),
      logLevel: 'ERROR',
    });
    this.#engine = engine;
    const abort = () => void engine.unload();
    signal.addEventListener('abort', abort, { once: true });
    try {
      await engine.reload(model.modelId);
    } catch (error) {
      signal.throwIfAborted();
      throw mapError(error);
    } finally {
      signal.removeEventListener('abort', abort);
    }
    return { engine: 'webllm', threads: 0, contextTokens: model.contextTokens };
  }

  async *generate(
    prompt: Prompt,
    params: GenerateParams,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent, void> {
    const engine = this.#engine;
    if (!engine) throw new AppError('model-not-loaded');
    const interrupt = () => void engine.interruptGenerate();
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      const stream = await engine.completions.create({
        prompt: toPromptString(prompt),
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: params.maxTokens,
        temperature: params.temperature,
        top_p: params.topP,
        repetition_penalty: params.repeatPenalty,
        ...(params.seed === undefined ? {} : { seed: params.seed }),
      });
      let finish: Finish = 'stop';
      for await (const chunk of stream) {
        const choice = chunk.choices[0];
        if (choice?.text) yield { type: 'token', text: choice.text };
        if (choice?.finish_reason === 'length') finish = 'length';
        if (chunk.usage) yield endOf(signal.aborted ? 'aborted' : finish, chunk.usage);
      }
    } catch (error) {
      throw mapError(error);
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }

  async unload(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    await engine?.unload();
  }

  /**
   * WebLLM unloads itself when its device is lost, without telling anyone. The device is made
   * inside its runtime, so this wraps the only call that can make one.
   */
  #watchDevices(): void {
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
      const device = await request.call(this, descriptor);
      void device.lost.then(reportLoss);
      return device;
    };
    const reportLoss = ({ message }: GPUDeviceLostInfo) => {
      // Our own unload destroys the device too.
      if (this.#engine) this.#onLost(new AppError('gpu-lost', {}, { cause: message }));
    };
  }
}

async function requireAdapter(): Promise<void> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new AppError('gpu-unavailable');
}

/** WebLLM parses control tokens wherever they stand, so what people typed must not contain any. */
function toPromptString(prompt: Prompt): string {
  return prompt.map(({ type, text }) => (type === 'control' ? text : defuse(text))).join('');
}

/** A zero-width space breaks Llama 2's control tokens up; the words still read the same. */
function defuse(text: string): string {
  return text.replace(/<(\/?s|unk)>/g, '<\u200b$1>');
}

function toProgress({ progress, text }: InitProgressReport): LoadProgress {
  // The report has no field for the phase; its text is the only sign.
  return { phase: /fetch/i.test(text) ? 'fetch' : 'load', progress01: progress };
}

function endOf(
  finish: Finish,
  usage: {
    prompt_tokens: number;
    completion_tokens: number;
    extra: { prefill_tokens_per_s: number; decode_tokens_per_s: number };
  },
): GenerationEvent {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens, extra } = usage;
  const ms = (tokens: number, perSecond: number) =>
    perSecond > 0 ? (tokens / perSecond) * 1000 : 0;
  return {
    type: 'end',
    finish,
    usage: {
      promptTokens,
      // A plain completion starts from an empty KV cache every time.
      cachedTokens: 0,
      completionTokens,
      prefillMs: ms(promptTokens, extra.prefill_tokens_per_s),
      decodeMs: ms(completionTokens, extra.decode_tokens_per_s),
    },
  };
}

/** WebLLM's errors by name (they are not exported), and what its runtime throws as plain text. */
const codes: readonly (readonly [RegExp, ErrorCode])[] = [
  [/ContextWindowSizeExceeded/, 'context-overflow'],
  [/DeviceLost|device (was |is )?lost/i, 'gpu-lost'],
  [/out of memory|OutOfMemory/i, 'out-of-memory'],
  [/WebGPUNot|FeatureSupport|ShaderF16/, 'gpu-unavailable'],
  [/QuotaExceeded/, 'storage-quota'],
  [/Failed to fetch|NetworkError|Cannot fetch|Load failed/i, 'download-failed'],
  [/ModelNotLoaded/, 'model-not-loaded'],
];

function mapError(error: unknown): AppError {
  if (AppError.isInstance(error)) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const code = codes.find(([pattern]) => pattern.test(text))?.[1] ?? 'engine-failed';
  return new AppError(code, {}, { cause: error });
}
