/** What a model needs that a visitor adds: from its architecture, where its files tell that. */
import type { ModelFacts, ModelOrigin } from '../../protocol/download';
import type { Capabilities } from './choose-engine';
import { layerCacheBytes, modelMemoryBytes, modelShape } from './model-memory';
import { Reading, readOrNull } from '../schema';
import { contextTokensFor, type MemoryUse } from './context-tokens';

/**
 * Of models that were added before their architecture was read: weights, KV cache and working memory, in times of
 * the weights.
 */
const memoryShare = { gguf: 1.3, mlc: 2.1 } as const;

/** Tokens of one prefill step, as the engines take them. */
const stepTokens = { gguf: 16, mlc: 2048 } as const;

/** Where the architecture or the device is not known. */
const contextLimits = { gguf: 2048, mlc: 4096 } as const;

type Kind = ModelOrigin['kind'];

/** Null where the files do not tell their architecture. */
function memoryUse(facts: ModelFacts, kind: Kind): MemoryUse | null {
  const shape = readOrNull(modelShape, facts.shape, new Reading(true));
  return (
    shape && {
      engine: kind === 'gguf' ? 'wllama' : 'webllm',
      shape,
      weightsBytes: facts.sizeBytes,
      // The CPU engine keeps its cache in 32 bits.
      floatBytes: facts.quantisation.includes('f16') ? 2 : 4,
      stepTokens: stepTokens[kind],
      trainedTokens: facts.contextTokens || contextLimits[kind],
    }
  );
}

/** All that it needs, and the largest buffer for keys and values: on a GPU, those of one layer. */
export function memoryOf(facts: ModelFacts, kind: Kind, contextTokens: number) {
  const use = memoryUse(facts, kind);
  if (!use) return { bytes: Math.round(facts.sizeBytes * memoryShare[kind]), layerBytes: 0 };
  const at = { ...use, contextTokens };
  return {
    bytes: Math.round(modelMemoryBytes(use.shape, at)),
    layerBytes: layerCacheBytes(use.shape, at),
  };
}

/** Without a device, what any is likely to bear. */
export function contextOf(facts: ModelFacts, kind: Kind, device: Capabilities | null): number {
  const use = device && memoryUse(facts, kind);
  if (use) return contextTokensFor(use, device);
  return Math.min(facts.contextTokens || Infinity, contextLimits[kind]);
}
