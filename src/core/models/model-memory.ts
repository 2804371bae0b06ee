/** Estimates a model's memory from its architecture. */
import { checked, type Of, record } from '../schema';

const size = checked<number>((value) => Number.isFinite(value) && Number(value) >= 0);

/** Read from a model's files. Sizes are numbers of elements; 0 if the files do not say. */
export const modelShape = record({
  layers: size,
  /** Heads of keys and values; grouped attention has fewer of them than query heads. */
  keyValueHeads: size,
  headSize: size,
  width: size,
  feedForward: size,
  vocabulary: size,
});
export type ModelShape = Of<typeof modelShape>;

interface Use {
  readonly weightsBytes: number;
  readonly contextTokens: number;
  /** The size of a number in the KV cache and in working memory. */
  readonly floatBytes: 2 | 4;
  /** Tokens of one prefill step. */
  readonly stepTokens: number;
}

/** The keys and values of one layer. WebLLM keeps them in one buffer. */
export function layerCacheBytes(
  { keyValueHeads, headSize }: ModelShape,
  { contextTokens, floatBytes }: Pick<Use, 'contextTokens' | 'floatBytes'>,
): number {
  return 2 * keyValueHeads * headSize * contextTokens * floatBytes;
}

/** Weights, KV cache, the activations of one prefill step, and the logits. */
export function modelMemoryBytes(shape: ModelShape, use: Use): number {
  const cacheBytes = shape.layers * layerCacheBytes(shape, use);
  // A block holds its input, queries, keys, values, attention and output, and three arrays of the feed-forward
  // width.
  const activations = use.stepTokens * (6 * shape.width + 3 * shape.feedForward);
  const logitsBytes = 2 * shape.vocabulary * 4;
  return use.weightsBytes + cacheBytes + activations * use.floatBytes + logitsBytes;
}

type Fields = Readonly<Record<string, unknown>>;

/** From a GGUF's metadata; null if a needed value is missing. */
export function shapeOfGguf(metadata: Fields): ModelShape | null {
  const architecture = String(metadata['general.architecture']);
  const of = (name: string) => largestOf(metadata[`${architecture}.${name}`]);
  const tokens = metadata['tokenizer.ggml.tokens'];
  return shapeFrom({
    layers: of('block_count'),
    heads: of('attention.head_count'),
    keyValueHeads: of('attention.head_count_kv'),
    headSize: of('attention.key_length'),
    width: of('embedding_length'),
    feedForward: of('feed_forward_length'),
    vocabulary: Array.isArray(tokens) ? tokens.length : 0,
  });
}

/** From the `model_config` in an `mlc-chat-config.json`; null if a needed value is missing. */
export function shapeOfMlc(config: unknown): ModelShape | null {
  const fields = (typeof config === 'object' && config !== null ? config : {}) as Fields;
  const of = (name: string) => largestOf(fields[name]);
  return shapeFrom({
    layers: of('num_hidden_layers'),
    heads: of('num_attention_heads'),
    keyValueHeads: of('num_key_value_heads'),
    headSize: of('head_dim'),
    width: of('hidden_size'),
    feedForward: of('intermediate_size'),
    vocabulary: of('vocab_size'),
  });
}

/** Missing values follow from the number of attention heads. */
function shapeFrom({ heads, ...said }: ModelShape & { heads: number }): ModelShape | null {
  const keyValueHeads = said.keyValueHeads || heads;
  const headSize = said.headSize || said.width / heads;
  const isKnown = [said.layers, keyValueHeads, headSize].every((size) => size > 0 && size < 1e6);
  return isKnown ? { ...said, keyValueHeads, headSize } : null;
}

/** Some models have a different number for each layer. */
function largestOf(value: unknown): number {
  const numbers = (Array.isArray(value) ? value : [value]).filter(
    (one): one is number => Number.isSafeInteger(one) && one > 0,
  );
  return numbers.reduce((largest, one) => Math.max(largest, one), 0);
}
