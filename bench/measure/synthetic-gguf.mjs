// A GGUF file in the shape of Llama 3.2 1B, with random weights: what it says means nothing, but it takes the same work.
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { inProject } from '../../scripts/project.mjs';

const shape = { width: 2048, inner: 8192, layers: 16, heads: 32, kvHeads: 8, vocabulary: 32_000 };
const q4_0 = { type: 2, blockBytes: 18 };

/** Of the order of a real model's, so that numbers stay finite. */
const scale = new Uint8Array(Uint16Array.of(0x1c00).buffer); // 2 ** -8

/** @param {string} file About 580 MB. */
export async function writeSyntheticGguf(file) {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inProject('test', 'fixtures', 'gguf.ts'), {
    configFile: false,
    logLevel: 'error',
  });
  const { ggufOf } = /** @type {typeof import('../../test/fixtures/gguf.ts')} */ (module);
  const { width, inner, layers, heads, kvHeads, vocabulary } = shape;
  const kvWidth = (width / heads) * kvHeads;
  const blocks = randomBlocks((width * vocabulary) / 32);
  /** @param {number} columns @param {number} rows */
  const matrix = (columns, rows) => ({
    sizes: [columns, rows],
    type: q4_0.type,
    data: blocks.subarray(0, ((columns * rows) / 32) * q4_0.blockBytes),
  });
  const norm = { sizes: [width], data: new Uint8Array(new Float32Array(width).fill(1).buffer) };
  const tensors = Array.from({ length: layers }, (_, layer) => ({
    [`blk.${layer}.attn_norm.weight`]: norm,
    [`blk.${layer}.attn_q.weight`]: matrix(width, width),
    [`blk.${layer}.attn_k.weight`]: matrix(width, kvWidth),
    [`blk.${layer}.attn_v.weight`]: matrix(width, kvWidth),
    [`blk.${layer}.attn_output.weight`]: matrix(width, width),
    [`blk.${layer}.ffn_norm.weight`]: norm,
    [`blk.${layer}.ffn_gate.weight`]: matrix(width, inner),
    [`blk.${layer}.ffn_up.weight`]: matrix(width, inner),
    [`blk.${layer}.ffn_down.weight`]: matrix(inner, width),
  }));
  const tokens = Array.from({ length: vocabulary }, (_, at) => (at < 3 ? `<${at}>` : `t${at}`));
  const gguf = ggufOf(
    {
      'general.architecture': 'llama',
      'general.name': 'synthetic 1B',
      'general.file_type': q4_0.type,
      'llama.context_length': 2048,
      'llama.embedding_length': width,
      'llama.block_count': layers,
      'llama.feed_forward_length': inner,
      'llama.attention.head_count': heads,
      'llama.attention.head_count_kv': kvHeads,
      'llama.attention.layer_norm_rms_epsilon': { float: 1e-5 },
      'llama.rope.dimension_count': width / heads,
      'llama.vocab_size': vocabulary,
      'tokenizer.ggml.model': 'llama',
      'tokenizer.ggml.tokens': tokens,
      'tokenizer.ggml.token_type': { ints: tokens.map((_, at) => (at < 3 ? 3 : 1)) },
      'tokenizer.ggml.scores': { floats: tokens.map((_, at) => -at) },
    },
    Object.assign(
      { 'token_embd.weight': matrix(width, vocabulary), 'output_norm.weight': norm },
      ...tensors,
    ),
  );
  await pipeline(gguf.stream(), createWriteStream(file));
}

/** @param {number} count */
function randomBlocks(count) {
  const bytes = new Uint8Array(randomBytes(count * q4_0.blockBytes));
  for (let at = 0; at < bytes.length; at += q4_0.blockBytes) bytes.set(scale, at);
  return bytes;
}
