/**
 * Chooses where a frame's models come from: its own storage, the app's, or a window of the app that runs the engine.
 */

export type ModelAccessMode = 'own' | 'app' | 'window';
export type ModelAccessProblem = 'refused' | 'window-closed' | 'window-blocked';

export interface ModelAccessOptions {
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

export class ModelAccess {
  readonly isApart: boolean;
  readonly canAsk: boolean;
  current = $state<ModelAccessMode>('own');
  problem = $state<ModelAccessProblem | null>(null);
  /** True until the chosen way has succeeded or failed. */
  busy = $state(false);

  readonly #options: ModelAccessOptions;

  constructor(options: ModelAccessOptions) {
    this.isApart = options.isApart;
    this.canAsk = options.canAsk;
    this.#options = options;
  }

  async useApp(): Promise<void> {
    const allowed = await this.#try(this.#options.ask());
    if (allowed) await this.#use('app');
    else this.problem = 'refused';
  }

  /** Access was allowed before. */
  async wasAllowed(): Promise<void> {
    await this.#use('app');
  }

  async useWindow(): Promise<void> {
    try {
      await this.#try(this.#options.openWindow());
      await this.#use('window');
    } catch {
      this.problem = 'window-blocked';
    }
  }

  async windowClosed(): Promise<void> {
    await this.#use('own');
    this.problem = 'window-closed';
  }

  async #use(mode: ModelAccessMode): Promise<void> {
    this.current = mode;
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
