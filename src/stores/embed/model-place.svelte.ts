/**
 * Where a frame's models come from: its own storage, the app's, or a window of the app that runs the engine.
 */

export type Place = 'own' | 'app' | 'window';
export type PlaceProblem = 'refused' | 'window-closed' | 'window-blocked';

export interface ModelPlaceOptions {
  /** The browser may partition this frame's storage from the app's. */
  readonly isApart: boolean;
  /** The browser can ask for access to the app's storage. */
  readonly canAsk: boolean;
  /** Must be called within a click; true if the app's models are accessible now. */
  readonly ask: () => Promise<boolean>;
  /** Must be called within a click; rejects if no window opens or it cannot be reached. */
  readonly openWindow: () => Promise<void>;
  /** Other models have become accessible. */
  readonly onChange: () => Promise<void>;
}

export class ModelPlace {
  readonly isApart: boolean;
  readonly canAsk: boolean;
  current = $state<Place>('own');
  problem = $state<PlaceProblem | null>(null);
  /** True until the chosen way has succeeded or failed. */
  busy = $state(false);

  readonly #options: ModelPlaceOptions;

  constructor(options: ModelPlaceOptions) {
    this.isApart = options.isApart;
    this.canAsk = options.canAsk;
    this.#options = options;
  }

  async useApp(): Promise<void> {
    const allowed = await this.#try(this.#options.ask());
    if (allowed) await this.#take('app');
    else this.problem = 'refused';
  }

  /** Access was allowed before. */
  async wasAllowed(): Promise<void> {
    await this.#take('app');
  }

  async useWindow(): Promise<void> {
    try {
      await this.#try(this.#options.openWindow());
      await this.#take('window');
    } catch {
      this.problem = 'window-blocked';
    }
  }

  async windowClosed(): Promise<void> {
    await this.#take('own');
    this.problem = 'window-closed';
  }

  async #take(place: Place): Promise<void> {
    this.current = place;
    this.problem = null;
    await this.#options.onChange();
  }

  async #try<T>(work: Promise<T>): Promise<T> {
    this.busy = true;
    try {
      return await work;
    } finally {
      this.busy = false;
    }
  }
}
