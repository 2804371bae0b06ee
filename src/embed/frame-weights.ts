/** A frame's models: from its own storage, from the app's if it has access, or in a window. */
import { catalogue, weightsIdOf } from '../core/models/catalogue';
import { mayDownloadPerSite } from '../core/embed/per-site-download';
import type { DownloadClient, DownloadOptions, Downloads } from '../bridge/download-client';
import type { EngineWindow } from '../bridge/engine-window';
import type { ModelSource } from '../protocol/download';
import type { EngineModel } from '../protocol/engine';
import { AppError } from '../protocol/errors';
import type { FirstParty } from '../storage/first-party';
import { listStoredModels, type StoredSize } from '../storage/weights';

export class FrameWeights {
  firstParty: FirstParty | null = null;
  window: EngineWindow | null = null;
  /** The ids of the weights that are stored in the window. */
  windowIds: readonly string[] = [];
  readonly #isApart: boolean;
  readonly #own: DownloadClient;

  constructor(isApart: boolean, own: DownloadClient) {
    this.#isApart = isApart;
    this.#own = own;
  }

  async listStored(): Promise<Record<string, StoredSize>> {
    if (this.window) return Object.fromEntries(this.windowIds.map((id) => [id, sizeOf(id)]));
    const own = await listStoredModels();
    const app = await this.#appModels();
    return { ...own, ...Object.fromEntries(app) };
  }

  /** An engine's worker can read only the frame's own storage. */
  async withWeights(model: EngineModel): Promise<EngineModel> {
    if (this.window || !(await this.#isInApp(model.modelId))) return model;
    const weights = await this.firstParty?.openModel(model.modelId);
    return weights ? { ...model, weights } : model;
  }

  readonly downloads: Downloads = {
    download: (source, options) => this.#download(source, options),
    inspect: (origin, signal) => this.#own.inspect(origin, signal),
    list: (...args) => this.#own.list(...args),
    verify: (modelId, options) => this.#own.verify(modelId, options),
    discard: (modelId, options) => this.#own.discard(modelId, options),
  };

  async #download(source: ModelSource, options: DownloadOptions): Promise<void> {
    const { modelId, sizeBytes } = source;
    const model = catalogue.find((one) => weightsIdOf(one) === modelId);
    if (this.window) {
      if (this.windowIds.includes(modelId)) return;
      return this.window.fetch(model?.id ?? modelId, options);
    }
    if (await this.#isInApp(modelId)) return;
    if (this.#isApart && model && !mayDownloadPerSite(model)) {
      throw new AppError('model-not-here', { sizeBytes });
    }
    return this.#own.download(source, options);
  }

  async #appModels(): Promise<readonly (readonly [string, StoredSize])[]> {
    const stored: Record<string, StoredSize> =
      (await this.firstParty?.listStored().catch(() => ({}))) ?? {};
    // Incomplete models are of no use here: the app itself continues their downloads.
    return Object.entries(stored).filter(([, { isWhole }]) => isWhole);
  }

  async #isInApp(weightsId: string): Promise<boolean> {
    return (await this.#appModels()).some(([id]) => id === weightsId);
  }
}

function sizeOf(weightsId: string): StoredSize {
  const model = catalogue.find((one) => weightsIdOf(one) === weightsId);
  return { bytes: model?.downloadBytes ?? 0, files: 1, isWhole: true };
}
