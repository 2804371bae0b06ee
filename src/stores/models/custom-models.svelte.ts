/** Models that the visitor added. */
import type { Capabilities } from '../../core/models/choose-engine';
import type { CatalogueModel } from '../../core/models/model';
import type { ChosenFormat, FoundModel, CustomModel } from '../../core/models/custom-model';
import type { Downloads } from '../../bridge/download-client';
import { loaded } from '../../bridge/lazy';
import type { ModelOrigin } from '../../protocol/download';
import { AppError } from '../../protocol/errors';
import { newId } from '../../protocol/new-id';

/** Not part of the first load: most visitors add none. */
const loadRules = async () => {
  const [one, list] = await loaded(
    Promise.all([
      import('../../core/models/custom-model'),
      import('../../core/models/custom-model-list'),
    ]),
  );
  return { ...one, ...list };
};
type Rules = Awaited<ReturnType<typeof loadRules>>;

/** Only a model's header is read, a few megabytes at most. */
const inspectMs = 60_000;

/** The part of `src/storage` that this store needs. */
export interface CustomModelStorage {
  /** The stored value, unchecked. */
  loadCustomModels(): Promise<unknown>;
  saveCustomModels(models: readonly CustomModel[]): Promise<void>;
}

export class CustomModels {
  list = $state.raw<readonly CatalogueModel[]>([]);
  adding = $state(false);
  /** Why the last model could not be added. */
  error = $state.raw<AppError | null>(null);
  /** The model that is being added or was added last; null until it is identified. */
  found = $state.raw<FoundModel | null>(null);

  readonly #downloads: Downloads;
  readonly #storage: CustomModelStorage;
  readonly #mayFetch: (address: string) => boolean;
  #models: readonly CustomModel[] = [];
  #device: Capabilities | null = null;
  /** The last change could not be stored. */
  #isUnsaved = false;
  /** A page can read picked files only while it is open. */
  #picked = $state.raw<Readonly<Record<string, ModelOrigin>>>({});

  /** `mayFetch` tells whether a stored address could have been added by the visitor. */
  constructor(
    downloads: Downloads,
    storage: CustomModelStorage,
    mayFetch: (address: string) => boolean,
  ) {
    this.#downloads = downloads;
    this.#storage = storage;
    this.#mayFetch = mayFetch;
  }

  /** If the stored models cannot be read, the app works with Corral's own ones. */
  async start(device: Capabilities): Promise<void> {
    this.#device = device;
    const stored = await this.#storage.loadCustomModels().catch(() => undefined);
    const rules = stored === undefined ? null : await loadRules().catch(() => null);
    if (rules) this.#set(rules.readCustomModels(stored, this.#mayFetch), rules);
  }

  /** Inspects the model and adds it, or replaces the one from the same file; null if it fails or finds no model. */
  async add(find: () => Promise<FoundModel | null>): Promise<CatalogueModel | null> {
    if (this.adding) return null;
    this.adding = true;
    this.error = null;
    this.found = null;
    try {
      const found = await find();
      if (!found) return null;
      this.found = found;
      const facts = await this.#downloads.inspect(found.origin, AbortSignal.timeout(inspectMs));
      const { asCatalogueModel, customModel, withCustomModel } = await loadRules();
      const added = customModel(found, facts, `own-${newId()}`);
      let model = added;
      await this.#change((models) => {
        const next = withCustomModel(models, added);
        model = next.find((one) => !models.includes(one)) ?? added;
        return next;
      });
      this.#picked = { ...this.#picked, [model.id]: found.origin };
      return asCatalogueModel(model, this.#device);
    } catch (cause) {
      this.error = AppError.from(cause);
      return null;
    } finally {
      this.adding = false;
    }
  }

  /** Removes it from the list; the caller deletes its weights. */
  async remove(model: CatalogueModel): Promise<void> {
    const { [model.id]: _gone, ...others } = this.#picked;
    this.#picked = others;
    await this.#change((models) => models.filter(({ id }) => id !== model.id));
  }

  /** Whether a model from that folder or file is in the list. */
  has({ origin }: FoundModel): boolean {
    const place = origin.kind === 'gguf' ? origin.file : origin.folder;
    return this.list.some(
      (model) => place === (model.engine === 'webllm' ? model.modelUrl : model.file.url),
    );
  }

  /** The stored record, with the metadata of its files. */
  record(model: CatalogueModel): CustomModel | undefined {
    return this.#models.find(({ id }) => id === model.id);
  }

  /** Null for the model's own format. Returns the changed model. */
  async setFormat(id: string, format: ChosenFormat | null): Promise<CatalogueModel | undefined> {
    await this.#change((models) =>
      models.map((model) => {
        if (model.id !== id) return model;
        const { chosen: _, ...others } = model;
        return format ? { ...others, chosen: format } : others;
      }),
    );
    return this.list.find((model) => model.id === id);
  }

  /** The files, if the visitor has picked them since the page was opened. */
  pickedFor(model: CatalogueModel): ModelOrigin | undefined {
    return this.#picked[model.id];
  }

  /** Changes the list as it is stored now: another tab may have added a model. */
  async #change(next: (models: readonly CustomModel[]) => readonly CustomModel[]): Promise<void> {
    const stored = this.#isUnsaved
      ? null
      : await this.#storage.loadCustomModels().catch(() => null);
    const rules = await loadRules();
    this.#set(
      next(stored === null ? this.#models : rules.readCustomModels(stored, this.#mayFetch)),
      rules,
    );
    // Without storage, the model is listed until the page is closed.
    this.#isUnsaved = await this.#storage.saveCustomModels(this.#models).then(
      () => false,
      () => true,
    );
  }

  #set(models: readonly CustomModel[], { asCatalogueModel }: Rules): void {
    this.#models = models;
    this.list = models.map((model) => asCatalogueModel(model, this.#device));
  }
}
