import { describe, expect, it } from 'vitest';
import { isRecurrentGguf, isRecurrentMlc } from '../../src/core/models/recurrent';

const gguf = (architecture: string, more: Record<string, unknown> = {}) =>
  isRecurrentGguf({ 'general.architecture': architecture, ...more });

describe('a model whose state cannot go back', () => {
  it.each([
    'mamba',
    'mamba2',
    'rwkv6',
    'rwkv6qwen2',
    'rwkv7',
    'arwkv7',
    'jamba',
    'falcon-h1',
    'plamo2',
    'granitehybrid',
    'lfm2',
    'lfm2moe',
    'nemotron_h',
    'nemotron_h_moe',
    'qwen3next',
    'qwen35',
    'qwen35moe',
    'kimi-linear',
  ])('is known by its GGUF’s architecture: %s', (architecture) => {
    expect(gguf(architecture)).toBe(true);
  });

  it.each(['ssm.conv_kernel', 'wkv.head_size', 'shortconv.l_cache', 'token_shift_count'])(
    'is known by the sizes of its layers, whatever its architecture is called: %s',
    (name) => {
      expect(gguf('newest', { [`newest.${name}`]: 4 })).toBe(true);
      expect(gguf('newest', { [`other.${name}`]: 4 })).toBe(false);
    },
  );

  it.each([
    'llama',
    'qwen2',
    'qwen3',
    'qwen3moe',
    'gemma',
    'gemma2',
    'gemma3',
    'phi3',
    'granite',
    'falcon',
    'nemotron',
    'smollm3',
    'granitemoe',
    'starcoder2',
    'olmo2',
    'mistral3',
  ])('is not taken for a transformer: %s', (architecture) => {
    expect(gguf(architecture, { [`${architecture}.block_count`]: 32 })).toBe(false);
  });

  it('is known by the configuration of its MLC folder', () => {
    for (const model_type of ['rwkv6', 'mamba2', 'qwen3_5', 'qwen3_5_text', 'qwen3_next', 'lfm2']) {
      expect(isRecurrentMlc({ model_type }), model_type).toBe(true);
    }
    const newest = (model_config: unknown) =>
      isRecurrentMlc({ model_type: 'newest', model_config });
    expect(newest({ linear_num_value_heads: 16 })).toBe(true);
    expect(newest({ layer_types: ['full_attention', 'linear_attention'] })).toBe(true);
    expect(newest({ layer_types: ['sliding_attention', 'full_attention'] })).toBe(false);
    expect(newest(null)).toBe(false);
    for (const model_type of ['llama', 'qwen2', 'qwen3', 'gemma3_text', 'phi3', 'mistral']) {
      expect(isRecurrentMlc({ model_type, model_config: { num_hidden_layers: 2 } })).toBe(false);
    }
  });
});
