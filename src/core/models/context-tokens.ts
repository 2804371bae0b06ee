/** How many tokens of context a model can have on a device: as many as both bear. */
import { type Capabilities, pageLimitBytes, roomyBufferBytes } from './choose-engine';
import { layerCacheBytes, modelMemoryBytes, type ModelShape } from './model-memory';
import type { EngineId } from '../../protocol/engine';

/** What 32-bit WebAssembly can address: weights, KV cache and all. */
export const wasmLimitBytes = 2 ** 32;

/**
 * Engines take the whole cache when a model is loaded. This much of it is no burden; on a GPU as much as the weights
 * is none either. The CPU engine reads some twenty tokens a second: nobody waits for more.
 */
const cacheBytes = 2 ** 29;

/** The least that a chat can do with. */
export const minContextTokens = 1024;
const steps = [minContextTokens, 2048, 4096, 8192, 16_384, 32_768];

export interface MemoryUse {
  readonly engine: EngineId;
  readonly shape: ModelShape;
  readonly weightsBytes: number;
  readonly floatBytes: 2 | 4;
  readonly stepTokens: number;
  /** As many as the model was trained for; 0 where that is not known. */
  readonly trainedTokens: number;
}

/** The largest step that fits, and the least one where none does: whether that fits is `incompatibility`'s to say. */
export function contextTokensFor(use: MemoryUse, device: Capabilities): number {
  const trained = use.trainedTokens || Infinity;
  const possible = steps.filter((tokens) => tokens < trained);
  if (trained <= steps.at(-1)!) possible.push(trained);
  const fitting = possible.filter((tokens) => fits(use, tokens, device));
  return Math.max(Math.min(minContextTokens, trained), ...fitting);
}

function fits(use: MemoryUse, contextTokens: number, device: Capabilities): boolean {
  const at = { ...use, contextTokens };
  const bytes = modelMemoryBytes(use.shape, at);
  if (bytes > recommendedLimitBytes(use.engine, device)) return false;
  const layerBytes = layerCacheBytes(use.shape, at);
  const onGpu = use.engine === 'webllm';
  const largestBytes = onGpu ? Math.max(cacheBytes, use.weightsBytes) : cacheBytes;
  if (use.shape.layers * layerBytes > largestBytes) return false;
  if (!onGpu) return true;
  const { gpu } = device;
  return gpu.state !== 'ready' || layerBytes <= Math.min(gpu.maxBufferBytes, gpu.maxBindingBytes);
}

/** What a model may take where a device does not tell all that it has; an incompatibility is only what is beyond doubt. */
export function recommendedLimitBytes(engine: EngineId, device: Capabilities): number {
  const { deviceMemoryGb = 8, gpu } = device;
  const page = pageLimitBytes(device);
  if (page !== null) return Math.min(page, 1.5e9);
  const half = (deviceMemoryGb * 1024 ** 3) / 2;
  if (deviceMemoryGb < 8 || engine === 'wllama') return Math.min(half, wasmLimitBytes);
  const isRoomy = gpu.state === 'ready' && gpu.maxBufferBytes >= roomyBufferBytes;
  return isRoomy ? 7e9 : 5e9;
}
