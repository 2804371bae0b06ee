/** Whether a model's weights are on this device, wherever its engine keeps them. */
import type { EngineModel } from '../protocol/engine';
import { deleteMlcModel, isMlcModelStored } from './mlc-cache';
import { deleteWeights, readManifest } from './weights';

/** What was shown to be there may still be damaged: that is found when it is loaded. */
export async function isModelStored(model: EngineModel): Promise<boolean> {
  if (model.engine === 'webllm') return isMlcModelStored(model);
  return (await readManifest(model.modelId, model.file.name))?.complete === true;
}

export function deleteModel(model: EngineModel): Promise<void> {
  if (model.engine === 'webllm') return deleteMlcModel(model);
  return deleteWeights(model.modelId, model.file.name);
}
