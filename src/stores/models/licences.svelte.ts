/** The licence terms that the visitor has accepted, and the model for which acceptance is asked now. */
import type { CatalogueModel } from '../../core/models/model';

/** What a licence is asked for: a model, or one that is to be added. */
export type Licensed = Pick<CatalogueModel, 'name' | 'licence'>;

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
  asking = $state.raw<Licensed | null>(null);

  readonly #storage: AcceptanceStorage;
  #accepted: Readonly<Record<string, Acceptance>> = {};

  constructor(storage: AcceptanceStorage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    this.#accepted = await this.#storage.loadAcceptances().catch(() => ({}));
  }

  /** True while the model's licence has terms that the visitor did not accept. */
  needsAcceptance({ licence }: Pick<Licensed, 'licence'>): boolean {
    if (!licence?.terms) return false;
    return this.#accepted[licence.name]?.version !== licence.terms.version;
  }

  /** The visitor's answer; true if what was asked for may be used now. */
  async answer(accepts: boolean): Promise<boolean> {
    const model = this.asking;
    this.asking = null;
    if (!model?.licence?.terms || !accepts) return false;
    const { name, terms } = model.licence;
    const acceptance = { version: terms.version, atMs: Date.now() };
    this.#accepted = { ...this.#accepted, [name]: acceptance };
    await this.#storage.saveAcceptance(name, acceptance).catch(() => {});
    return true;
  }
}
