/** Upkeep of stored models: verifies their files, and deletes them. */
import type { Downloads, Verified } from '../../bridge/download-client';
import type { ModelEngine } from '../../bridge/engine-client';
import { builtInModel } from '../../core/models/built-in';
import { weightsIdOf } from '../../core/models/catalogue';
import type { CatalogueModel } from '../../core/models/model';
import type { CustomModels } from './custom-models.svelte';
import type { ModelState } from './models-options';
import type { StoredModels } from './stored-models.svelte';

export type { Verified };

/** The part of the store of all models that it needs. */
interface ChosenModel {
  readonly chosen: CatalogueModel;
  state: ModelState;
  readonly own: CustomModels;
  readonly stored: StoredModels;
  choose(model: CatalogueModel): Promise<void>;
  cancel(): void;
  readState(): Promise<void>;
}

interface MaintenanceOptions {
  readonly engine: ModelEngine;
  readonly downloads: Downloads;
  readonly storage: { delete(weightsId: string): Promise<void> };
}

export class ModelMaintenance {
  readonly #models: ChosenModel;
  readonly #options: MaintenanceOptions;

  constructor(models: ChosenModel, options: MaintenanceOptions) {
    this.#models = models;
    this.#options = options;
  }

  /**
   * Deletes the damaged files of the chosen model, or else the unverified ones; the next use downloads only
   * those. Rejects with an AppError.
   */
  async discardDamaged(signal: AbortSignal): Promise<void> {
    // The loaded weights may be damaged too.
    await this.#options.engine.unload();
    this.#models.state = { phase: 'checking', progress01: 0 };
    try {
      await this.#options.downloads.discard(weightsIdOf(this.#models.chosen), {
        signal,
        onProgress: (checkedBytes, totalBytes) => {
          this.#models.state = { phase: 'checking', progress01: checkedBytes / totalBytes };
        },
      });
    } finally {
      await this.#models.readState();
    }
  }

  /**
   * Compares a stored model with its hashes; damaged files are deleted, and downloaded again at the next use.
   * Rejects with an AppError; after an abort, the damaged files found so far are deleted.
   */
  async verify(
    model: CatalogueModel,
    { signal, onProgress01 }: { signal: AbortSignal; onProgress01: (done: number) => void },
  ): Promise<Verified> {
    const found = await this.#options.downloads.verify(weightsIdOf(model), {
      signal,
      onProgress: (checkedBytes, totalBytes) => onProgress01(checkedBytes / totalBytes),
    });
    // A loaded model no longer needs its stored weights.
    await (this.#models.state.phase === 'ready'
      ? this.#models.stored.refresh()
      : this.#models.readState());
    return found;
  }

  /** Deletes a model's weights from this device, also for models that share them. */
  async delete(model: CatalogueModel): Promise<void> {
    const isChosen = weightsIdOf(model) === weightsIdOf(this.#models.chosen);
    if (isChosen) {
      this.#models.cancel();
      if (this.#models.state.phase === 'ready') await this.#options.engine.unload();
    }
    await this.#options.storage.delete(weightsIdOf(model));
    await (isChosen ? this.#models.readState() : this.#models.stored.refresh());
  }

  /** Removes a model that the visitor added, with its weights. */
  async remove(model: CatalogueModel): Promise<void> {
    await this.delete(model);
    await this.#models.own.remove(model);
    if (this.#models.chosen.id === model.id) await this.#models.choose(builtInModel);
  }

  /** Deletes all weights from this device. */
  async deleteAll(): Promise<void> {
    this.#models.cancel();
    if (this.#models.state.phase === 'ready') await this.#options.engine.unload();
    await this.#models.stored.deleteAll();
    await this.#models.readState();
  }
}
