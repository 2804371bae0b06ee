/** Opens a model's file: the one that came with the request, or else the one in the worker's storage. */
import type { EngineModel } from '../../src/protocol/engine';
import { type FileContent, openWeights } from '../../src/storage/weights';

/** Null if there is none. */
export async function openFile(
  { modelId, weights }: EngineModel,
  name: string,
): Promise<FileContent | null> {
  return weights ? (weights[name] ?? null) : openWeights(modelId, name);
}
