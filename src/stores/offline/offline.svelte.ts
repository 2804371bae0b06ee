/** The state of the network, what works without it, and the app's offers to update and to install it. */
import type { CatalogueModel } from '../../core/models/model';
import { type OfflineState, offlineState } from '../../core/offline/offline';
import { deletesAfterAWeek, type InstallMethod } from '../../core/offline/install-method';
import type { StoredParts } from '../../protocol/offline';
import type { Models } from '../models/models.svelte';

/** Phases that a reload would interrupt. */
const busyPhases: readonly string[] = ['downloading', 'paused', 'loading', 'checking'];

export interface OfflineOptions {
  readonly models: Models;
  readonly isAnswering: () => boolean;
  readonly install: InstallMethod;
  /** False for a page over `http://`. */
  readonly isSecure: boolean;
  /** Activates the new version and reloads the page. */
  readonly update: () => void;
}

export class Offline {
  online = $state(true);
  /** `preparing` until the app's files are stored; `unavailable` if the browser cannot store them. */
  app = $state<'preparing' | 'ready' | 'unavailable' | 'insecure'>('preparing');
  /** The engines' parts that are stored. */
  storedParts = $state.raw<StoredParts>([]);
  /** A newer version is installed. */
  updateReady = $state(false);
  /** Shows the browser's install dialog; null if the browser offers none. */
  showInstall = $state.raw<(() => void) | null>(null);

  /** The browser ended the previous page; true until the visitor dismisses the notice. */
  wasEnded = $state(false);

  readonly install: InstallMethod;
  readonly isSecure: boolean;
  readonly #options: OfflineOptions;

  constructor(options: OfflineOptions) {
    this.install = options.install;
    this.isSecure = options.isSecure;
    this.#options = options;
  }

  /** Follows `navigator.onLine`. Only false is reliable: when it is true, there may be no connection. */
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
    return offlineState(model, { isStored, storedParts: this.storedParts }, capabilities);
  }

  /** True if the browser deletes the data of unvisited sites and has not agreed to keep this site's. */
  get deletesAfterAWeek(): boolean {
    return deletesAfterAWeek(this.install) && !this.#options.models.stored.space?.persisted;
  }

  /** True if a new version waits and a reload would interrupt nothing. */
  get offersUpdate(): boolean {
    const { models, isAnswering } = this.#options;
    const isBusy = isAnswering() || models.own.adding || busyPhases.includes(models.state.phase);
    return this.updateReady && !isBusy;
  }

  update(): void {
    this.#options.update();
  }
}
