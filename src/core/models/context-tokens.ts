/** The context size of a model on a device: the largest that both support. */
import { type Capabilities, pageLimitBytes, roomyBufferBytes } from './choose-engine';
import { layerCacheBytes, modelMemoryBytes, type ModelShape } from './model-memory';
import type { EngineId } from '../../protocol/engine';

/** The address space of 32-bit WebAssembly, for weights, KV cache and everything else. */
export const wasmLimitBytes = 2 ** 32;

/**
 * Engines allocate the whole KV cache when a model is loaded. This size is acceptable; on a GPU, so is the size of the
 * weights. The CPU engine reads about twenty tokens a second, so a larger context is of no use.
 */
const cacheBytes = 2 ** 29;

/** The smallest useful context of a chat. */
export const minContextTokens = 1024;
const steps = [minContextTokens, 2048, 4096, 8192, 16_384, 32_768];

export interface MemoryUse {
  readonly engine: EngineId;
  readonly shape: ModelShape;
  readonly weightsBytes: number;
  readonly floatBytes: 2 | 4;
  readonly stepTokens: number;
  /** The length that the model was trained for; 0 if unknown. */
  readonly trainedTokens: number;
}

/** The largest step that fits, else the smallest; `incompatibility` decides whether that can run. */
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

/** The memory that a recommended model may use, since devices report it incompletely. An incompatibility is certain. */
export function recommendedLimitBytes(engine: EngineId, device: Capabilities): number {
  const { deviceMemoryGb = 8, gpu } = device;
  const page = pageLimitBytes(device);
  if (page !== null) return Math.min(page, 1.5e9);
  const half = (deviceMemoryGb * 1024 ** 3) / 2;
  if (deviceMemoryGb < 8 || engine === 'wllama') return Math.min(half, wasmLimitBytes);
  const isRoomy = gpu.state === 'ready' && gpu.maxBufferBytes >= roomyBufferBytes;
  return isRoomy ? 7e9 : 5e9;
}
