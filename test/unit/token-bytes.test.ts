// The bytes of a vocabulary's tokens, as its tokenizer.json has them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenBytes, type TokenizerFile } from '../../workers/engines/token-bytes';

function read(tokens: readonly string[], file: TokenizerFile | null) {
  const tokenizer = { getVocabSize: () => tokens.length, idToToken: (id: number) => tokens[id]! };
  return tokenBytes(tokenizer, file)?.() ?? null;
}
const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const listed = (bytes: readonly Uint8Array[] | null) => bytes?.map((one) => [...one]) ?? null;

/** As Llama 3 and Qwen have it. */
const byteLevel: TokenizerFile = {
  added_tokens: [
    { id: 6, content: '<|im_end|>', special: true },
    { id: 7, content: '<think>', special: false },
  ],
  decoder: { type: 'ByteLevel' },
  pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split' }, { type: 'ByteLevel' }] },
  model: { type: 'BPE', byte_fallback: false },
};
/** As Llama 2, Gemma and Mistral have it. */
const pieces: TokenizerFile = {
  added_tokens: [{ id: 0, content: '<s>', special: true }],
  decoder: { type: 'Sequence', decoders: [{ type: 'Replace' }, { type: 'ByteFallback' }] },
  model: { type: 'BPE', byte_fallback: true },
};

describe('a token’s bytes', () => {
  it('are characters of their own in a byte-level vocabulary', () => {
    const tokens = [
      'Ġthe',
      'Ċ',
      'cittÃł',
      'ðŁ¦',
      'ô',
      '{"',
      '<|im_end|>',
      '<think>',
      '<|odd one|>',
    ];
    expect(listed(read(tokens, byteLevel))).toEqual([
      utf8(' the'),
      utf8('\n'),
      utf8('città'),
      [0xf0, 0x9f, 0xa6],
      [0xf4],
      utf8('{"'),
      [],
      utf8('<think>'),
      [],
    ]);
  });

  it('are all 256 there, each once', () => {
    // https://github.com/openai/gpt-2/blob/master/src/encoder.py, `bytes_to_unicode`
    const seen = [...'!~¡¬®ÿ'].map((char) => char.codePointAt(0)!);
    const isSeen = (code: number) =>
      [0, 2, 4].some((at) => code >= seen[at]! && code <= seen[at + 1]!);
    const bytes = Array.from({ length: 256 }, (_, byte) => byte);
    const hidden = bytes.filter((byte) => !isSeen(byte));
    const chars = bytes.map((byte) =>
      String.fromCodePoint(isSeen(byte) ? byte : 256 + hidden.indexOf(byte)),
    );
    const file = { decoder: { type: 'ByteLevel' } };
    expect(listed(read(chars, file))).toEqual(bytes.map((byte) => [byte]));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const token = utf8(text)
          .map((byte) => chars[byte])
          .join('');
        expect(listed(read([token], file))).toEqual([utf8(text)]);
      }),
    );
  });

  it('are a piece’s text, or one byte, in a SentencePiece vocabulary', () => {
    const tokens = ['<s>', '▁the', '<0x0A>', '<0xF0>', 'città', '▁▁'];
    const expected = [[], utf8(' the'), [10], [0xf0], utf8('città'), utf8('  ')];
    expect(listed(read(tokens, pieces))).toEqual(expected);
    expect(listed(read(tokens, { ...pieces, decoder: { type: 'Metaspace' }, model: {} }))).toEqual(
      expected,
    );
    // Without a tokenizer.json, control tokens are known by their looks.
    expect(listed(read(tokens, null))).toEqual(expected);
  });

  it('are unknown if the file does not define how they are written', () => {
    expect(read(['##ing'], { decoder: { type: 'WordPiece' }, model: { type: 'WordPiece' } })).toBe(
      null,
    );
  });
});
