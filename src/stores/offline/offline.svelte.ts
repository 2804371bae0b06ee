/** What works without a network, whether there is one, and what the app itself has to offer: updates, installing. */
import type { CatalogueModel } from '../../core/models/model';
import { type OfflineState, offlineState } from '../../core/offline/offline';
import { deletesAfterAWeek, type InstallWay } from '../../core/offline/install-way';
import type { Kept } from '../../protocol/offline';
import type { Models } from '../models/models.svelte';

/** Phases in which a reload would cost a visitor something. */
const underWay: readonly string[] = ['downloading', 'paused', 'loading', 'checking'];

export interface OfflineOptions {
  readonly models: Models;
  readonly isAnswering: () => boolean;
  readonly install: InstallWay;
  /** False for a page that came over `http://`. */
  readonly isSecure: boolean;
  /** Lets the new version in and reloads the page. */
  readonly update: () => void;
}

export class Offline {
  online = $state(true);
  /** `preparing` until the app's files are here; `unavailable` where the browser cannot keep them. */
  app = $state<'preparing' | 'ready' | 'unavailable' | 'insecure'>('preparing');
  /** The engines' parts that are here. */
  kept = $state.raw<Kept>([]);
  /** A newer version is here. */
  updateReady = $state(false);
  /** Shows the browser's own dialog; null where it offers none. */
  showInstall = $state.raw<(() => void) | null>(null);

  /** The browser ended the page that was here before; true until the visitor has read it. */
  wasEnded = $state(false);

  readonly install: InstallWay;
  readonly isSecure: boolean;
  readonly #options: OfflineOptions;

  constructor(options: OfflineOptions) {
    this.install = options.install;
    this.isSecure = options.isSecure;
    this.#options = options;
  }

  /** Follows the browser's own word: it may be online and reach nothing, but never the other way round. */
  watch(): void {
    const read = () => (this.online = navigator.onLine);
    addEventListener('online', read);
    addEventListener('offline', read);
    read();
  }

  stateOf(model: CatalogueModel): OfflineState {
    const { capabilities } = this.#options.models;
    const isStored = this.#options.models.stored.isWhole(model);
    if (!capabilities || this.app !== 'ready') return isStored ? 'app-absent' : 'model-absent';
    return offlineState(model, { isStored, kept: this.kept }, capabilities);
  }

  /** Whether the browser deletes what is stored of a site that is not visited: it has not agreed to keep it. */
  get deletesAfterAWeek(): boolean {
    return deletesAfterAWeek(this.install) && !this.#options.models.stored.space?.persisted;
  }

  /** True where a reload to the new version would interrupt nothing. */
  get offersUpdate(): boolean {
    const { models, isAnswering } = this.#options;
    const isBusy = isAnswering() || models.own.adding || underWay.includes(models.state.phase);
    return this.updateReady && !isBusy;
  }

  update(): void {
    this.#options.update();
  }
}
