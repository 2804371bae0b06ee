// Writes Llama 2's tokenizer.json from the vocabulary and merges in npm llama-tokenizer-js.
//   node toolchain/cria/tokenizer.mjs OUT_FOLDER
// The format is Hugging Face's `tokenizers`, which is what WebLLM reads: SentencePiece's BPE with byte
// fallback, a space written as U+2581 and put before each text.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import llamaTokenizer from 'llama-tokenizer-js';

const folder = process.argv[2];
if (!folder) throw new Error('Usage: node toolchain/cria/tokenizer.mjs OUT_FOLDER');

/** @type {{ vocabById: string[], merges: Map<string, number> }} */
const { vocabById, merges } = llamaTokenizer;

const special = ['<unk>', '<s>', '</s>'].map((content, id) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
}));

const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: special,
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'Prepend', prepend: '▁' },
      { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    ],
  },
  pre_tokenizer: null,
  post_processor: null,
  decoder: {
    type: 'Sequence',
    decoders: [
      { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
      { type: 'ByteFallback' },
      { type: 'Fuse' },
      { type: 'Strip', content: ' ', start: 1, stop: 0 },
    ],
  },
  model: {
    type: 'BPE',
    dropout: null,
    unk_token: '<unk>',
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: true,
    byte_fallback: true,
    vocab: Object.fromEntries(vocabById.map((token, id) => [token, id])),
    merges: [...merges.entries()].sort(([, a], [, b]) => a - b).map(([pair]) => pair),
  },
};

mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
