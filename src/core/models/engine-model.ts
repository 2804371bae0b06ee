/** Describes a model to an engine. */
import type { EngineModel } from '../../protocol/engine';
import { weightsIdOf } from './catalogue';
import { type Capabilities, cpuThreads } from './choose-engine';
import type { CatalogueModel } from './model';

/** Uses one thread until the device's capabilities are known. */
export function engineModel(model: CatalogueModel, capabilities: Capabilities | null): EngineModel {
  const { contextTokens } = model;
  const modelId = weightsIdOf(model);
  if (model.engine === 'webllm') return { engine: 'webllm', modelId, contextTokens };
  const { name, sizeBytes } = model.file;
  const threads = capabilities ? cpuThreads(capabilities) : 1;
  return { engine: 'wllama', modelId, contextTokens, threads, file: { name, sizeBytes } };
}

/** Two models with the same key need no new load. Weights and wasm that come with the request make no difference. */
export function loadKey({ engine, modelId, contextTokens, ...model }: EngineModel): string {
  return [engine, modelId, contextTokens, 'threads' in model ? model.threads : ''].join(' ');
}
