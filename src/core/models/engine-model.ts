/** What an engine is told about a model. */
import type { EngineModel } from '../../protocol/engine';
import { weightsIdOf } from './catalogue';
import { type Capabilities, cpuThreads } from './choose-engine';
import type { CatalogueModel } from './model';

/** One thread while it is not known what the device can do. */
export function engineModel(model: CatalogueModel, capabilities: Capabilities | null): EngineModel {
  const { contextTokens } = model;
  const modelId = weightsIdOf(model);
  if (model.engine === 'webllm') return { engine: 'webllm', modelId, contextTokens };
  const { name, sizeBytes } = model.file;
  const threads = capabilities ? cpuThreads(capabilities) : 1;
  return { engine: 'wllama', modelId, contextTokens, threads, file: { name, sizeBytes } };
}

/** The same for models that need no other load: handed-over weights and wasm make no difference. */
export function loadKey({ engine, modelId, contextTokens, ...model }: EngineModel): string {
  return [engine, modelId, contextTokens, 'threads' in model ? model.threads : ''].join(' ');
}
