/** Restarts the engine after losses, with growing delays, and offers a smaller model after repeated ones. */
import { isLoss, restartPlan, smallerModel } from '../../core/models/restart-plan';
import type { CatalogueModel } from '../../core/models/model';
import type { AppError } from '../../protocol/errors';
import type { Models } from './models.svelte';

export class Restarts {
  /** A model that needs less memory, after repeated losses; null otherwise. */
  offer = $state.raw<CatalogueModel | null>(null);

  readonly #models: Models;
  #lossesMs: readonly number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(models: Models) {
    this.#models = models;
  }

  /** For the engine's `onLost`. */
  lost({ code }: AppError): void {
    const wasReady = this.#models.state.phase === 'ready';
    this.#models.lost();
    if (!wasReady || !isLoss(code)) return;
    const nowMs = Date.now();
    this.#lossesMs = [...this.#lossesMs, nowMs];
    const { delayMs, offerSmaller } = restartPlan(this.#lossesMs, nowMs);
    const { chosen, list, capabilities } = this.#models;
    this.offer = offerSmaller && capabilities ? smallerModel(chosen, list, capabilities) : null;
    clearTimeout(this.#timer);
    if (delayMs !== null) this.#timer = setTimeout(() => this.#restart(chosen), delayMs);
  }

  /** An answer was completed: the engine works. */
  answered(): void {
    this.#lossesMs = [];
    this.offer = null;
  }

  #restart(model: CatalogueModel): void {
    const { chosen, state } = this.#models;
    if (chosen.id !== model.id || state.phase !== 'stored') return;
    this.#models.ensureReady().catch(() => {
      // The model's state shows the error.
    });
  }
}
