/** A model's file: what was handed over with the model, or else what is in the worker's own storage. */
import type { EngineModel } from '../../src/protocol/engine';
import { type FileContent, openWeights } from '../../src/storage/weights';

/** Null if it is not there. */
export async function openFile(
  { modelId, weights }: EngineModel,
  name: string,
): Promise<FileContent | null> {
  return weights ? (weights[name] ?? null) : openWeights(modelId, name);
}
