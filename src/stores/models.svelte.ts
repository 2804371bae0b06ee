/** Which model is chosen, and how far it is: on this device, downloading, loading, ready. */
import {
  absoluteUrl,
  builtInModel,
  catalogue,
  type CatalogueModel,
  findModel,
  type GgufModel,
} from '../core/catalogue';
import {
  type Capabilities,
  type Choice,
  chooseModel,
  cpuThreads,
  obstacle,
  type Reason,
} from '../core/choose-engine';
import { transferRate } from '../core/transfer-rate';
import type { EngineClient } from '../engine/client';
import type { DownloadClient } from '../engine/download-client';
import type { WeightsFile } from '../protocol/download';
import type { EngineModel } from '../protocol/engine';
import { AppError } from '../protocol/errors';

export type ModelState =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'downloading';
      readonly receivedBytes: number;
      readonly totalBytes: number;
      readonly bytesPerSecond: number;
      /** Absent until the speed is known. */
      readonly secondsLeft?: number;
    }
  /** `progress01` is absent where the engine gives no measure. */
  | { readonly phase: 'loading'; readonly progress01?: number }
  | { readonly phase: 'stored' }
  | { readonly phase: 'ready'; readonly threads: number; readonly contextTokens: number }
  | { readonly phase: 'failed'; readonly error: AppError };

/** The part of `src/storage` that this store needs. */
export interface ModelStorage {
  isStored(model: EngineModel): Promise<boolean>;
  remove(model: EngineModel): Promise<void>;
  loadChoice(): Promise<string | undefined>;
  saveChoice(modelId: string): Promise<void>;
}

export interface ModelsOptions {
  readonly engine: EngineClient;
  readonly downloads: DownloadClient;
  readonly storage: ModelStorage;
  readonly capabilities: () => Promise<Capabilities>;
  /** The absolute address that the catalogue's paths are appended to; ends with a slash. */
  readonly baseUrl: string;
}

export class Models {
  readonly list = catalogue;
  chosen = $state.raw<CatalogueModel>(builtInModel);
  state = $state.raw<ModelState>({ phase: 'unknown' });
  capabilities = $state.raw<Capabilities | null>(null);
  choice = $derived<Choice | null>(this.capabilities && chooseModel(this.capabilities));

  readonly #options: ModelsOptions;
  #preparing: { promise: Promise<void>; controller: AbortController } | null = null;

  constructor(options: ModelsOptions) {
    this.#options = options;
  }

  /** Reads the device and the visitor's earlier choice; fetches nothing. */
  async start(): Promise<void> {
    const { storage, capabilities } = this.#options;
    const [found, choice] = await Promise.all([
      capabilities(),
      // Without storage (a private window, say) the app still answers; it only forgets.
      storage.loadChoice().catch(() => undefined),
    ]);
    this.capabilities = found;
    const model = choice === undefined ? undefined : findModel(choice);
    if (model && !obstacle(model, found)) this.chosen = model;
    await this.#readState();
  }

  /** Why this device cannot run the model; null when it can, or when that is not known yet. */
  obstacleOf(model: CatalogueModel): Reason | null {
    return this.capabilities && obstacle(model, this.capabilities);
  }

  async choose(model: CatalogueModel): Promise<void> {
    if (model.id === this.chosen.id || this.obstacleOf(model)) return;
    this.cancel();
    this.#preparing = null;
    this.chosen = model;
    this.state = { phase: 'unknown' };
    await this.#options.storage.saveChoice(model.id).catch(() => {});
    await this.#readState();
  }

  /** Downloads and loads the chosen model as far as that is still to do. Rejects with an AppError. */
  async ensureReady(): Promise<void> {
    if (this.state.phase === 'ready') return;
    this.#preparing ??= this.#startPreparing();
    return this.#preparing.promise;
  }

  /** Ends a download or a load; what has arrived stays for the next time. */
  cancel(): void {
    this.#preparing?.controller.abort();
  }

  /** Deletes the chosen model's weights, which turned out to be damaged: the next use fetches them. */
  async forgetWeights(): Promise<void> {
    await this.#options.storage.remove(this.#engineModel(this.chosen));
    await this.#readState();
  }

  /** For the engine's `onLost`: the weights are still here, so the next question loads them again. */
  lost(): void {
    if (this.state.phase === 'ready') this.state = { phase: 'stored' };
  }

  #startPreparing() {
    const controller = new AbortController();
    const promise = this.#prepare(this.chosen, controller.signal).finally(() => {
      if (this.#preparing?.controller === controller) this.#preparing = null;
    });
    return { promise, controller };
  }

  async #prepare(model: CatalogueModel, signal: AbortSignal): Promise<void> {
    try {
      if (model.engine === 'wllama') await this.#download(model, signal);
      if (this.chosen === model) this.state = { phase: 'loading' };
      const loaded = await this.#options.engine.load(this.#engineModel(model), {
        signal,
        onProgress: ({ progress01 }) => {
          if (this.chosen !== model || signal.aborted) return;
          this.state = { phase: 'loading', ...(progress01 === undefined ? {} : { progress01 }) };
        },
      });
      signal.throwIfAborted(); // Another model may have been chosen in the meantime.
      this.state = {
        phase: 'ready',
        threads: loaded.threads,
        contextTokens: loaded.contextTokens,
      };
    } catch (cause) {
      const error = AppError.from(cause, 'engine-failed');
      if (this.chosen === model) {
        if (error.code === 'aborted') await this.#readState();
        else this.state = { phase: 'failed', error };
      }
      throw error;
    }
  }

  async #download(model: GgufModel, signal: AbortSignal): Promise<void> {
    const { file } = model;
    const rate = transferRate();
    const weights: WeightsFile = {
      modelId: model.id,
      name: file.name,
      url: absoluteUrl(file.path, this.#options.baseUrl),
      sizeBytes: file.sizeBytes,
      sha256: file.sha256,
      magic: 'GGUF',
    };
    await this.#options.downloads.download(weights, {
      signal,
      onProgress: (receivedBytes) => {
        if (signal.aborted) return;
        this.state = {
          phase: 'downloading',
          receivedBytes,
          totalBytes: file.sizeBytes,
          ...rate.add(receivedBytes, file.sizeBytes, performance.now()),
        };
      },
    });
  }

  #engineModel(model: CatalogueModel): EngineModel {
    const { id: modelId, contextTokens } = model;
    if (model.engine === 'webllm') {
      const { baseUrl } = this.#options;
      const modelUrl = absoluteUrl(model.modelUrl, baseUrl);
      const libraryUrl = absoluteUrl(model.libraryUrl, baseUrl);
      return { engine: 'webllm', modelId, contextTokens, modelUrl, libraryUrl };
    }
    const { name, sizeBytes } = model.file;
    const threads = this.capabilities ? cpuThreads(this.capabilities) : 1;
    return { engine: 'wllama', modelId, contextTokens, threads, file: { name, sizeBytes } };
  }

  async #readState(): Promise<void> {
    const model = this.chosen;
    const isStored = await this.#options.storage
      .isStored(this.#engineModel(model))
      .catch(() => false);
    if (this.chosen === model) this.state = { phase: isStored ? 'stored' : 'absent' };
  }
}
