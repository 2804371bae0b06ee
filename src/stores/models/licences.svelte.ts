/** The licence terms that the visitor has accepted, and the model for which acceptance is asked now. */
import type { CatalogueModel } from '../../core/models/model';

export interface Acceptance {
  readonly version: string;
  readonly atMs: number;
}

/** The part of `src/storage` that this store needs. */
export interface AcceptanceStorage {
  /** By the licence's name. */
  loadAcceptances(): Promise<Readonly<Record<string, Acceptance>>>;
  saveAcceptance(licence: string, acceptance: Acceptance): Promise<void>;
}

export class Licences {
  /** Set while a visitor is to read the terms of the model that they want. */
  asking = $state.raw<CatalogueModel | null>(null);

  readonly #storage: AcceptanceStorage;
  #accepted: Readonly<Record<string, Acceptance>> = {};

  constructor(storage: AcceptanceStorage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    this.#accepted = await this.#storage.loadAcceptances().catch(() => ({}));
  }

  /** True while the model's licence has terms that the visitor did not accept. */
  needsAcceptance({ licence }: CatalogueModel): boolean {
    if (!licence?.terms) return false;
    return this.#accepted[licence.name]?.version !== licence.terms.version;
  }

  /** The visitor's answer; returns the model that may be used now, or null. */
  async answer(accepts: boolean): Promise<CatalogueModel | null> {
    const model = this.asking;
    this.asking = null;
    if (!model?.licence?.terms || !accepts) return null;
    const { name, terms } = model.licence;
    const acceptance = { version: terms.version, atMs: Date.now() };
    this.#accepted = { ...this.#accepted, [name]: acceptance };
    await this.#storage.saveAcceptance(name, acceptance).catch(() => {});
    return model;
  }
}
