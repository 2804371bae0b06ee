/** Adds models from an address, a repository on a hub, Corral's list or files, and chooses them. */
import { loaded } from '../../bridge/lazy';
import { builtInModel } from '../../core/models/built-in';
import { weightsIdOf } from '../../core/models/catalogue';
import type { FoundModel } from '../../core/models/custom-model';
import type { Addresses } from '../../core/models/model-address';
import { usualHub } from '../../core/models/model-hosts';
import type { CatalogueModel } from '../../core/models/model';
import type { Capabilities } from '../../core/models/choose-engine';
import type { Downloads } from '../../bridge/download-client';
import type { Site } from '../../core/models/catalogue';
import type { CustomModels } from './custom-models.svelte';
import type { Licences, Licensed } from './licences.svelte';
import type { RepositoryListing } from './resolve-address';

/** The part of the store of all models that it needs. */
interface ModelChoice {
  readonly capabilities: Capabilities | null;
  readonly chosen: CatalogueModel;
  readonly licences: Licences;
  readonly own: CustomModels;
  /** True while work needs the chosen model; `whenFree` waits for its end. */
  readonly isInUse: boolean;
  whenFree(): Promise<void>;
  choose(model: CatalogueModel): Promise<void>;
  askLicence(licensed: Licensed, onAccept: () => Promise<unknown>): void;
}

interface AddingOptions {
  readonly downloads: Downloads;
  readonly modelHosts: readonly string[];
  readonly site: Site;
  readonly storage: { delete(weightsId: string): Promise<void> };
}

export class AddingModels {
  /** The models to choose from in the repository that was typed last. */
  listing = $state.raw<RepositoryListing | null>(null);

  readonly #models: ModelChoice;
  readonly #options: AddingOptions;

  constructor(models: ModelChoice, options: AddingOptions) {
    this.#models = models;
    this.#options = options;
  }

  /**
   * Adds the model at an address that the visitor typed; true if it was added. If a repository has several models, they
   * are listed in `listing`, and the visitor chooses one.
   */
  async from(typed: Addresses & { readonly hub: string }): Promise<boolean> {
    this.listing = null;
    return this.#add(async () => {
      const { site, modelHosts, downloads } = this.#options;
      const { resolveAddress } = await loaded(import('./resolve-address'));
      const found = await resolveAddress(
        { ...typed, hub: typed.hub.trim() || usualHub(site) },
        { downloads, modelHosts, baseUrl: site.baseUrl, device: this.#models.capabilities },
      );
      if ('origin' in found) return found;
      this.listing = found;
      return null;
    });
  }

  /** Adds a model with a known address. If its licence has terms, they must be accepted first. True if it was added. */
  async found(found: FoundModel, licence: Licensed['licence'] = null): Promise<boolean> {
    const licensed = { name: found.name, licence };
    if (!this.#models.licences.needsAcceptance(licensed)) return this.#add(async () => found);
    this.#models.askLicence(licensed, () => this.#add(async () => found));
    return false;
  }

  /** Adds the model among files that the visitor picked; true if it was added. */
  async files(files: readonly File[]): Promise<boolean> {
    return this.#add(async () =>
      (await import('../../core/models/picked-files')).findModelAmong(files),
    );
  }

  async #add(find: () => Promise<FoundModel | null>): Promise<boolean> {
    const model = await this.#models.own.add(find);
    if (!model) return false;
    const taken = this.#choose(model);
    // Adding a model does not wait for the end of a running answer.
    if (!this.#models.isInUse) await taken;
    return true;
  }

  async #choose(model: CatalogueModel): Promise<void> {
    const models = this.#models;
    await models.whenFree();
    // The same file was added before; its stored weights may be of another version.
    if (model.id === models.chosen.id) await models.choose(builtInModel);
    await this.#options.storage.delete(weightsIdOf(model));
    await models.choose(model);
  }
}
