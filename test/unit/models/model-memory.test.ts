import { describe, expect, it } from 'vitest';
import {
  layerCacheBytes,
  modelMemoryBytes,
  shapeOfGguf,
  shapeOfMlc,
} from '../../../src/core/models/model-memory';

const llama2 = shapeOfMlc({
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 32,
  hidden_size: 4096,
  intermediate_size: 11_008,
  vocab_size: 32_000,
})!;
const llama3 = shapeOfGguf({
  'general.architecture': 'llama',
  'llama.block_count': 32,
  'llama.attention.head_count': 32,
  'llama.attention.head_count_kv': 8,
  'llama.embedding_length': 4096,
  'llama.feed_forward_length': 14_336,
  'tokenizer.ggml.tokens': Array.from({ length: 128_256 }),
})!;

/** In 4 bits a weight, and 16 bits for 32 of them. */
const q4 = (parameters: number, contextTokens = 4096) =>
  ({
    weightsBytes: (parameters * 4.5) / 8,
    contextTokens,
    floatBytes: 2,
    stepTokens: 1024,
  }) as const;

describe('the memory that a model needs', () => {
  it('is less for Llama 3.1 8B than for Llama 2 7B, whose heads all have keys and values', () => {
    const [seven, eight] = [
      modelMemoryBytes(llama2, q4(6.74e9)),
      modelMemoryBytes(llama3, q4(8.03e9)),
    ];
    expect(eight).toBeLessThan(seven);
  });

  it.each([
    ['Llama 2 7B, 4k', llama2, q4(6.74e9), 6749],
    ['Llama 2 7B, 1k', llama2, q4(6.74e9, 1024), 4619],
    ['Llama 3.1 8B, 4k', llama3, q4(8.03e9), 5001],
    ['Llama 3.1 8B, 1k', llama3, q4(8.03e9, 1024), 4598],
  ])('is within a fifth of WebLLM’s figure for %s', (_, shape, use, megabytes) => {
    const computed = modelMemoryBytes(shape, use) / 2 ** 20;
    expect(Math.abs(computed / megabytes - 1)).toBeLessThan(0.2);
  });

  it('has half a kilobyte of keys and values for each token, layer and KV head of 128 numbers', () => {
    expect(layerCacheBytes(llama3, { contextTokens: 1, floatBytes: 2 })).toBe(8 * 512);
  });

  it('is not known where the files do not say enough, or nonsense', () => {
    expect(shapeOfGguf({})).toBe(null);
    expect(shapeOfMlc(null)).toBe(null);
    expect(shapeOfMlc({ num_hidden_layers: 1e9, num_attention_heads: 1, head_dim: 1 })).toBe(null);
  });
});
