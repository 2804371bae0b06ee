// A GGUF file in the shape of Llama 3.2 1B, with random weights: what it says means nothing, but it takes the same work.
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { inProject } from '../../scripts/project.mjs';

const shape = { width: 2048, inner: 8192, layers: 16, heads: 32, kvHeads: 8, vocabulary: 32_000 };
/**
 * ggml's number of a type, how many weights a block has, its bytes, and the places of its scales.
 * @typedef {{ type: number, numbers: number, bytes: number, scales: number[] }} Blocks
 */
/** @type {Record<'q4_0' | 'q4_k' | 'q6_k', Blocks>} */
const types = {
  q4_0: { type: 2, numbers: 32, bytes: 18, scales: [0] },
  q4_k: { type: 12, numbers: 256, bytes: 144, scales: [0, 2] },
  q6_k: { type: 14, numbers: 256, bytes: 210, scales: [208] },
};
/** The types of most matrices, and of those that a file of K-quants keeps better. */
const mixes = {
  q4_0: /** @type {const} */ (['q4_0', 'q4_0']),
  q4_k_m: /** @type {const} */ (['q4_k', 'q6_k']),
};

/** Small enough for numbers to stay finite. */
const scale = new Uint8Array(Uint16Array.of(0x1c00).buffer); // 2 ** -8

/** @param {string} file Some 600 MB. @param {keyof typeof mixes} mix */
export async function writeSyntheticGguf(file, mix) {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inProject('test', 'fixtures', 'gguf.ts'), {
    configFile: false,
    logLevel: 'error',
  });
  const { ggufOf } = /** @type {typeof import('../../test/fixtures/gguf.ts')} */ (module);
  const { width, inner, layers, heads, kvHeads, vocabulary } = shape;
  const kvWidth = (width / heads) * kvHeads;
  const [usual, better] = mixes[mix];
  const blocks = {
    [usual]: randomBlocks(types[usual], width * vocabulary),
    [better]: randomBlocks(types[better], width * vocabulary),
  };
  /** @param {number} columns @param {number} rows @param {keyof typeof types} [name] */
  const matrix = (columns, rows, name = usual) => {
    const { type, numbers, bytes } = types[name];
    const data = blocks[name]?.subarray(0, ((columns * rows) / numbers) * bytes);
    if (!data) throw new Error(`no blocks of ${name}`);
    return { sizes: [columns, rows], type, data };
  };
  const norm = { sizes: [width], data: new Uint8Array(new Float32Array(width).fill(1).buffer) };
  const tensors = Array.from({ length: layers }, (_, layer) => ({
    [`blk.${layer}.attn_norm.weight`]: norm,
    [`blk.${layer}.attn_q.weight`]: matrix(width, width),
    [`blk.${layer}.attn_k.weight`]: matrix(width, kvWidth),
    [`blk.${layer}.attn_v.weight`]: matrix(width, kvWidth, better),
    [`blk.${layer}.attn_output.weight`]: matrix(width, width),
    [`blk.${layer}.ffn_norm.weight`]: norm,
    [`blk.${layer}.ffn_gate.weight`]: matrix(width, inner),
    [`blk.${layer}.ffn_up.weight`]: matrix(width, inner),
    [`blk.${layer}.ffn_down.weight`]: matrix(inner, width, better),
  }));
  const tokens = Array.from({ length: vocabulary }, (_, at) => (at < 3 ? `<${at}>` : `t${at}`));
  const gguf = ggufOf(
    {
      'general.architecture': 'llama',
      'general.name': 'synthetic 1B',
      'general.file_type': types[usual].type,
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
      { 'token_embd.weight': matrix(width, vocabulary, better), 'output_norm.weight': norm },
      ...tensors,
    ),
  );
  await pipeline(gguf.stream(), createWriteStream(file));
}

/** @param {Blocks} blocks @param {number} count Of numbers. */
function randomBlocks({ bytes, numbers, scales }, count) {
  const all = new Uint8Array(randomBytes((count / numbers) * bytes));
  for (let at = 0; at < all.length; at += bytes) {
    for (const place of scales) all.set(scale, at + place);
  }
  return all;
}
