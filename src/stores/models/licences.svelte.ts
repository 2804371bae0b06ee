/** Accepted licence terms, and the model whose terms the visitor is asked to accept. */
import type { CatalogueModel } from '../../core/models/model';

/** A model that needs a licence; it may not be added yet. */
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
  /** The model whose terms are shown; null if none are. */
  asking = $state.raw<Licensed | null>(null);

  readonly #storage: AcceptanceStorage;
  #accepted: Readonly<Record<string, Acceptance>> = {};

  constructor(storage: AcceptanceStorage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    this.#accepted = await this.#storage.loadAcceptances().catch(() => ({}));
  }

  /** Whether the model's licence has terms that the visitor has not accepted. */
  needsAcceptance({ licence }: Pick<Licensed, 'licence'>): boolean {
    if (!licence?.terms) return false;
    return this.#accepted[licence.name]?.version !== licence.terms.version;
  }

  /** Takes the visitor's answer; true if the model may be used now. */
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
