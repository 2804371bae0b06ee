/** The sites that may use the visitor's model, as the app has them. */
import { siteName } from '../core/embedders';

/** The part of `src/storage` that this store needs. */
export interface SiteStorage {
  /** By their origins. */
  loadSites(): Promise<Readonly<Record<string, { readonly atMs: number }>>>;
  revokeSite(origin: string): Promise<void>;
}

export interface AllowedSite {
  readonly origin: string;
  readonly name: string;
  readonly atMs: number;
}

export class Sites {
  /** The one that was allowed last comes first. */
  list = $state.raw<readonly AllowedSite[]>([]);

  readonly #storage: SiteStorage;

  constructor(storage: SiteStorage) {
    this.#storage = storage;
  }

  async load(): Promise<void> {
    const sites = await this.#storage.loadSites().catch(() => ({}));
    this.list = Object.entries(sites)
      .map(([origin, { atMs }]) => ({ origin, name: siteName(origin), atMs }))
      .sort((a, b) => b.atMs - a.atMs);
  }

  async revoke(origin: string): Promise<void> {
    await this.#storage.revokeSite(origin);
    await this.load();
  }
}
