/** What to do after the engine was lost: start it again, and when; or leave that to the visitor. */
import type { ErrorCode } from '../../protocol/errors';
import { type Capabilities, incompatibility } from './choose-engine';
import { weightsIdOf } from './catalogue';
import type { CatalogueModel } from './model';

/** Losses longer ago than this have nothing to do with each other. */
const memoryMs = 10 * 60_000;
const firstDelayMs = 1000;
/** After so many losses in a row the same thing will not go well again. */
const maxRestarts = 3;
/** From here on something that needs less memory is offered. */
const lossesBeforeOffer = 2;

export interface RestartPlan {
  /** Until the engine is started again; null if it is not, before a visitor asks for it. */
  readonly delayMs: number | null;
  readonly offerSmaller: boolean;
}

/** `lossesMs` are the times of the losses since the last answer that came to its end, this one the last. */
export function restartPlan(lossesMs: readonly number[], nowMs: number): RestartPlan {
  const recent = lossesMs.filter((atMs) => nowMs - atMs < memoryMs).length;
  return {
    delayMs: recent > maxRestarts ? null : firstDelayMs * 2 ** Math.max(0, recent - 1),
    offerSmaller: recent >= lossesBeforeOffer,
  };
}

/** True for losses that nobody asked for, and after which a new start may help. */
export function isLoss(code: ErrorCode): boolean {
  return code === 'engine-died' || code === 'engine-stalled' || code === 'gpu-lost';
}

/** What needs less memory: the same weights with a smaller context, or else the next smaller model. */
export function smallerModel(
  model: CatalogueModel,
  models: readonly CatalogueModel[],
  capabilities: Capabilities,
): CatalogueModel | null {
  const smaller = models
    .filter(
      (other) => other.memoryBytes < model.memoryBytes && !incompatibility(other, capabilities),
    )
    // A model for trials is no help to somebody who wants an answer.
    .filter(({ family }) => family !== 'cria')
    .sort((a, b) => b.memoryBytes - a.memoryBytes);
  const sameWeights = smaller.find((other) => weightsIdOf(other) === weightsIdOf(model));
  return sameWeights ?? smaller[0] ?? null;
}
