/** The stored size of each model on this device, complete or not. */
import { weightsIdOf } from '../../core/models/catalogue';
import type { CatalogueModel } from '../../core/models/model';
import type { StorageSpace } from '../../storage/space';
import type { StoredSize } from '../../storage/weights';

/** The part of `src/storage` that this store needs. */
export interface StoredModelsStorage {
  /** By the id of the weights. */
  listStored(): Promise<Readonly<Record<string, StoredSize>>>;
  delete(weightsId: string): Promise<void>;
  readSpace(): Promise<StorageSpace>;
}

export class StoredModels {
  space = $state.raw<StorageSpace | null>(null);
  #sizes = $state.raw<Readonly<Record<string, StoredSize>>>({});
  totalBytes = $derived(Object.values(this.#sizes).reduce((sum, { bytes }) => sum + bytes, 0));

  readonly #storage: StoredModelsStorage;

  constructor(storage: StoredModelsStorage) {
    this.#storage = storage;
  }

  /** Null if nothing of the model is stored. */
  sizeOf(model: CatalogueModel): StoredSize | null {
    return this.#sizes[weightsIdOf(model)] ?? null;
  }

  isWhole(model: CatalogueModel): boolean {
    return this.sizeOf(model)?.isWhole ?? false;
  }

  async refresh(): Promise<void> {
    const [sizes, space] = await Promise.all([
      this.#storage.listStored().catch(() => ({})),
      this.#storage.readSpace().catch(() => null),
    ]);
    this.#sizes = sizes;
    this.space = space;
  }

  async deleteAll(): Promise<void> {
    for (const id of Object.keys(this.#sizes)) await this.#storage.delete(id);
  }
}
