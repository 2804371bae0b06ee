/** Which model is chosen, and how far it is: on this device, downloading, loading, ready. */
import { catalogue, modelSource, weightsIdOf } from '../core/catalogue';
import {
  type Capabilities,
  type Choice,
  chooseModel,
  cpuThreads,
  obstacle,
  type Reason,
} from '../core/choose-engine';
import { builtInModel } from '../core/models/built-in';
import { type Addresses, readAddresses } from '../core/model-address';
import type { CatalogueModel } from '../core/models/model';
import type { FoundModel } from '../core/own-model';
import { findModelAmong } from '../core/picked-files';
import { transferRate } from '../core/transfer-rate';
import type { EngineClient } from '../engine/client';
import type { DownloadClient, Verified } from '../engine/download-client';
import type { EngineModel } from '../protocol/engine';
import { AppError } from '../protocol/errors';
import { type AcceptanceStorage, Licences } from './licences.svelte';
import { OwnModels, type OwnModelStorage } from './own-models.svelte';
import { Pausable } from './pausable';

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
  | { readonly phase: 'paused'; readonly receivedBytes: number; readonly totalBytes: number }
  /** Stored files are compared with their hashes. */
  | { readonly phase: 'checking'; readonly progress01: number }
  /** `progress01` is absent where the engine gives no measure. */
  | { readonly phase: 'loading'; readonly progress01?: number }
  | { readonly phase: 'stored' }
  | { readonly phase: 'ready'; readonly threads: number; readonly contextTokens: number }
  | { readonly phase: 'failed'; readonly error: AppError };

/** The part of `src/storage` that this store needs. */
export interface ModelStorage extends AcceptanceStorage, OwnModelStorage {
  /** Bytes of each model that is stored whole, by the id of its weights. */
  listStored(): Promise<Readonly<Record<string, number>>>;
  delete(weightsId: string): Promise<void>;
  /** Asks the browser to keep what is stored. */
  persist(): Promise<void>;
  readSpace(): Promise<StorageSpace>;
  loadChoice(): Promise<string | undefined>;
  saveChoice(modelId: string): Promise<void>;
}

export interface StorageSpace {
  readonly persisted: boolean;
  /** By the browser's own guess; null where it does not tell. */
  readonly freeBytes: number | null;
}

export interface ModelsOptions {
  readonly engine: EngineClient;
  readonly downloads: DownloadClient;
  readonly storage: ModelStorage;
  readonly capabilities: () => Promise<Capabilities>;
  /** The absolute address that the catalogue's paths are appended to; ends with a slash. */
  readonly baseUrl: string;
  /** Those that models may be fetched from, besides the app's own. */
  readonly modelHosts: readonly string[];
}

/** Something under way that can be cancelled. */
interface Task {
  readonly promise: Promise<void>;
  readonly controller: AbortController;
}

export class Models {
  readonly licences: Licences;
  readonly own: OwnModels;
  chosen = $state.raw<CatalogueModel>(builtInModel);
  state = $state.raw<ModelState>({ phase: 'unknown' });
  capabilities = $state.raw<Capabilities | null>(null);
  /** Bytes of what is stored, by the id of the weights. */
  stored = $state.raw<Readonly<Record<string, number>>>({});
  space = $state.raw<StorageSpace | null>(null);
  choice = $derived<Choice | null>(this.capabilities && chooseModel(this.capabilities));

  readonly #options: ModelsOptions;
  #fetching: Task | null = null;
  #preparing: Task | null = null;
  #download: Pausable | null = null;

  constructor(options: ModelsOptions) {
    this.#options = options;
    this.licences = new Licences(options.storage);
    this.own = new OwnModels(options.downloads, options.storage);
  }

  /** Corral's and the visitor's own. */
  get list(): readonly CatalogueModel[] {
    return [...catalogue, ...this.own.list];
  }

  /** Reads the device and the visitor's earlier choice; fetches nothing. */
  async start(): Promise<void> {
    const { storage, capabilities } = this.#options;
    const [found, choice] = await Promise.all([
      capabilities(),
      // Without storage (a private window, say) the app still answers; it only forgets.
      storage.loadChoice().catch(() => undefined),
      this.licences.start(),
      this.own.start(),
    ]);
    this.capabilities = found;
    const model = this.list.find(({ id }) => id === choice);
    if (model && !obstacle(model, found) && !this.licences.needsAcceptance(model)) {
      this.chosen = model;
    }
    await this.#readState();
  }

  /** Bytes that the model takes on this device; 0 if it is not here, or not whole. */
  storedBytes(model: CatalogueModel): number {
    return this.stored[weightsIdOf(model)] ?? 0;
  }

  /** Why this device cannot run the model; null when it can, or when that is not known yet. */
  obstacleOf(model: CatalogueModel): Reason | null {
    return this.capabilities && obstacle(model, this.capabilities);
  }

  /** Takes the model, or asks first where its licence has terms that were not accepted yet. */
  async choose(model: CatalogueModel): Promise<void> {
    if (model.id === this.chosen.id || this.obstacleOf(model)) return;
    if (this.licences.needsAcceptance(model)) {
      this.licences.asking = model;
      return;
    }
    this.cancel();
    this.#fetching = null;
    this.#preparing = null;
    this.chosen = model;
    this.state = { phase: 'unknown' };
    await this.#options.storage.saveChoice(model.id).catch(() => {});
    await this.#readState();
  }

  /** The visitor's answer about the licence of the model that they want. */
  async answerLicence(accepts: boolean): Promise<void> {
    const model = await this.licences.answer(accepts);
    if (model) await this.choose(model);
  }

  /** Adds the model at an address that the visitor typed, and chooses it; true if that worked. */
  async addFrom(addresses: Addresses): Promise<boolean> {
    const { baseUrl, modelHosts } = this.#options;
    return this.#add(() => readAddresses(addresses, baseUrl, modelHosts));
  }

  /** Adds the model among files that the visitor picked, and chooses it; true if that worked. */
  async addFiles(files: readonly File[]): Promise<boolean> {
    return this.#add(() => findModelAmong(files));
  }

  async #add(find: () => FoundModel): Promise<boolean> {
    const model = await this.own.add(find);
    if (!model) return false;
    // What was stored under this name may be another version.
    if (model.id === this.chosen.id) await this.choose(builtInModel);
    await this.#options.storage.delete(weightsIdOf(model));
    await this.choose(model);
    return true;
  }

  /** Fetches the chosen model without loading it. Rejects with an AppError. */
  async fetch(): Promise<void> {
    if (this.state.phase === 'ready') return;
    const model = this.chosen;
    this.#fetching ??= this.#begin(
      async (signal) => {
        await this.#fetch(model, signal);
        await this.#readState();
      },
      (task) => {
        if (this.#fetching === task) this.#fetching = null;
      },
    );
    return this.#fetching.promise;
  }

  /** Fetches and loads the chosen model as far as that is still to do. Rejects with an AppError. */
  async ensureReady(): Promise<void> {
    if (this.state.phase === 'ready') return;
    const model = this.chosen;
    this.#preparing ??= this.#begin(
      async (signal) => {
        await this.fetch();
        signal.throwIfAborted();
        await this.#load(model, signal);
      },
      (task) => {
        if (this.#preparing === task) this.#preparing = null;
      },
    );
    return this.#preparing.promise;
  }

  /** Holds the download until `resume`, which goes on from what has arrived. */
  pause(): void {
    this.#download?.pause();
  }

  resume(): void {
    this.#download?.resume();
  }

  /** Ends a download or a load; what has arrived stays for the next time. */
  cancel(): void {
    this.#fetching?.controller.abort();
    this.#preparing?.controller.abort();
  }

  /**
   * Takes out what is damaged in the chosen model's weights, or what could be: the next use fetches only
   * that. Rejects with an AppError.
   */
  async discardDamaged(signal: AbortSignal): Promise<void> {
    this.state = { phase: 'checking', progress01: 0 };
    try {
      await this.#options.downloads.discard(weightsIdOf(this.chosen), {
        signal,
        onProgress: (checkedBytes, totalBytes) => {
          this.state = { phase: 'checking', progress01: checkedBytes / totalBytes };
        },
      });
    } finally {
      await this.#readState();
    }
  }

  /** Compares a stored model with its hashes; what is damaged is taken out and fetched at its next use. */
  async verify(model: CatalogueModel): Promise<Verified> {
    const { signal } = new AbortController();
    const found = await this.#options.downloads.verify(weightsIdOf(model), {
      signal,
      onProgress: () => {},
    });
    // A model that is loaded does not need its weights any more.
    await (this.state.phase === 'ready' ? this.#refreshStored() : this.#readState());
    return found;
  }

  /** Deletes a model's weights from this device; models that share them lose them too. */
  async delete(model: CatalogueModel): Promise<void> {
    const isChosen = weightsIdOf(model) === weightsIdOf(this.chosen);
    if (isChosen) {
      this.cancel();
      if (this.state.phase === 'ready') await this.#options.engine.unload();
    }
    await this.#options.storage.delete(weightsIdOf(model));
    await (isChosen ? this.#readState() : this.#refreshStored());
  }

  /** Takes a model of the visitor's own off the list, with its weights. */
  async remove(model: CatalogueModel): Promise<void> {
    await this.delete(model);
    await this.own.remove(model);
    if (this.chosen.id === model.id) await this.choose(builtInModel);
  }

  /** Deletes all weights from this device. */
  async deleteAll(): Promise<void> {
    this.cancel();
    if (this.state.phase === 'ready') await this.#options.engine.unload();
    const ids = Object.keys(this.stored);
    for (const id of ids) await this.#options.storage.delete(id);
    await this.#readState();
  }

  /** For the engine's `onLost`: the weights are still here, so the next question loads them again. */
  lost(): void {
    if (this.state.phase === 'ready') this.state = { phase: 'stored' };
  }

  /** Runs the work as a task; an error is shown in the state of the model that was chosen at its start. */
  #begin(work: (signal: AbortSignal) => Promise<void>, onEnd: (task: Task) => void): Task {
    const model = this.chosen;
    const controller = new AbortController();
    const guarded = async () => {
      try {
        await work(controller.signal);
      } catch (cause) {
        const error = AppError.from(cause, 'engine-failed');
        if (this.chosen === model) {
          if (error.code === 'aborted') await this.#readState();
          else this.state = { phase: 'failed', error };
        }
        throw error;
      }
    };
    const task: Task = { controller, promise: guarded().finally(() => onEnd(task)) };
    return task;
  }

  async #load(model: CatalogueModel, signal: AbortSignal): Promise<void> {
    this.state = { phase: 'loading' };
    const loaded = await this.#options.engine.load(this.#engineModel(model), {
      signal,
      onProgress: ({ progress01 }) => {
        if (signal.aborted) return;
        this.state = { phase: 'loading', ...(progress01 === undefined ? {} : { progress01 }) };
      },
    });
    signal.throwIfAborted(); // Another model may have been chosen in the meantime.
    this.state = { phase: 'ready', threads: loaded.threads, contextTokens: loaded.contextTokens };
    void this.#refreshStored();
  }

  async #fetch(model: CatalogueModel, signal: AbortSignal): Promise<void> {
    const { downloads, storage, baseUrl } = this.#options;
    const source = modelSource(model, baseUrl, this.own.pickedFor(model));
    if (this.storedBytes(model) === 0) void storage.persist().catch(() => {});
    let received = { receivedBytes: 0, totalBytes: source.sizeBytes };
    this.#download = new Pausable(
      (attempt) => {
        const rate = transferRate();
        this.state = { phase: 'downloading', ...received, bytesPerSecond: 0 };
        return downloads.download(source, {
          signal: attempt,
          onProgress: (receivedBytes, totalBytes) => {
            if (attempt.aborted) return;
            received = { receivedBytes, totalBytes };
            const speed = rate.add(receivedBytes, totalBytes, performance.now());
            this.state = { phase: 'downloading', ...received, ...speed };
          },
        });
      },
      () => {
        this.state = { phase: 'paused', ...received };
      },
    );
    await this.#download.run(signal);
  }

  #engineModel(model: CatalogueModel): EngineModel {
    const { contextTokens } = model;
    const modelId = weightsIdOf(model);
    if (model.engine === 'webllm') return { engine: 'webllm', modelId, contextTokens };
    const { name, sizeBytes } = model.file;
    const threads = this.capabilities ? cpuThreads(this.capabilities) : 1;
    return { engine: 'wllama', modelId, contextTokens, threads, file: { name, sizeBytes } };
  }

  async #readState(): Promise<void> {
    const model = this.chosen;
    await this.#refreshStored();
    const isStored = this.storedBytes(model) > 0;
    if (this.chosen === model) this.state = { phase: isStored ? 'stored' : 'absent' };
  }

  async #refreshStored(): Promise<void> {
    const { storage } = this.#options;
    const [stored, space] = await Promise.all([
      storage.listStored().catch(() => ({})),
      storage.readSpace().catch(() => null),
    ]);
    this.stored = stored;
    this.space = space;
  }
}
