/** The sites that may use the visitor's model, as the app lists them. */
import { siteName } from '../../core/embed/embedders';
import type { SitePermit, SitePermits } from '../../core/embed/site-permits';

/** The part of `src/storage` that this store needs. */
export interface SiteStorage {
  loadPermits(): Promise<SitePermits>;
  revokeSite(origin: string): Promise<void>;
}

export interface AllowedSite extends SitePermit {
  readonly origin: string;
  readonly name: string;
}

export class Sites {
  /** The most recently used first. */
  list = $state.raw<readonly AllowedSite[]>([]);

  readonly #storage: SiteStorage;

  constructor(storage: SiteStorage) {
    this.#storage = storage;
  }

  async load(): Promise<void> {
    const permits: SitePermits = await this.#storage.loadPermits().catch(() => ({}));
    this.list = Object.entries(permits)
      .map(([origin, permit]) => ({ origin, name: siteName(origin), ...permit }))
      .sort((a, b) => b.usedAtMs - a.usedAtMs);
  }

  async revoke(origin: string): Promise<void> {
    await this.#storage.revokeSite(origin);
    await this.load();
  }
}
