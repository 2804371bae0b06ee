/** Decides after a loss of the engine whether and when to restart it. */
import type { ErrorCode } from '../../protocol/errors';
import { type Capabilities, incompatibility } from './choose-engine';
import { weightsIdOf } from './catalogue';
import type { CatalogueModel } from './model';

/** Older losses are unrelated. */
const memoryMs = 10 * 60_000;
const firstDelayMs = 1000;
/** After more losses in a row, another restart would not help. */
const maxRestarts = 3;
/** From this many losses on, a model that needs less memory is offered. */
const lossesBeforeOffer = 2;

export interface RestartPlan {
  /** The delay until the restart; null if the engine waits for the visitor. */
  readonly delayMs: number | null;
  readonly offerSmaller: boolean;
}

/** `lossesMs` are the times of all losses since the last complete answer, the current one last. */
export function restartPlan(lossesMs: readonly number[], nowMs: number): RestartPlan {
  const recent = lossesMs.filter((atMs) => nowMs - atMs < memoryMs).length;
  return {
    delayMs: recent > maxRestarts ? null : firstDelayMs * 2 ** Math.max(0, recent - 1),
    offerSmaller: recent >= lossesBeforeOffer,
  };
}

/** True for losses that nobody asked for, after which a restart may help. */
export function isLoss(code: ErrorCode): boolean {
  return code === 'engine-died' || code === 'engine-stalled' || code === 'gpu-lost';
}

/** A model that needs less memory: the same weights with a smaller context, or else the next smaller model. */
export function smallerModel(
  model: CatalogueModel,
  models: readonly CatalogueModel[],
  capabilities: Capabilities,
): CatalogueModel | null {
  const smaller = models
    .filter(
      (other) => other.memoryBytes < model.memoryBytes && !incompatibility(other, capabilities),
    )
    // Cria is for trying the engine; its answers are of no use.
    .filter(({ family }) => family !== 'cria')
    .sort((a, b) => b.memoryBytes - a.memoryBytes);
  const sameWeights = smaller.find((other) => weightsIdOf(other) === weightsIdOf(model));
  return sameWeights ?? smaller[0] ?? null;
}
