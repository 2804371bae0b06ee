// WebLLM's tokenizers decode a sequence of tokens as a whole; answers are decoded token by token.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowDecoder } from '../../workers/engines/webllm-tokenizer';

/** Decodes a byte for each token, as byte-level vocabularies do; counts the decoded tokens. */
function byteTokenizer() {
  let decoded = 0;
  return {
    decode(tokens: Int32Array) {
      decoded += tokens.length;
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(tokens));
    },
    get decodedTokens() {
      return decoded;
    },
  };
}

/** SentencePiece: each token is a word with its space, and the first one's space is dropped. */
const words = ['▁one', '▁two', 'ish', '▁three'];
const wordTokenizer = {
  decode: (tokens: Int32Array) =>
    [...tokens]
      .map((token) => words[token]!)
      .join('')
      .replaceAll('▁', ' ')
      .replace(/^ /, ''),
};

const streamed = (tokenizer: { decode(tokens: Int32Array): string }, tokens: Iterable<number>) => {
  const decoder = windowDecoder(tokenizer);
  return [...tokens].map((token) => decoder.add(token));
};

describe('the text of a streamed answer', () => {
  it('is the text of all its tokens, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const tokenizer = byteTokenizer();
        fc.pre(text.isWellFormed() && !text.includes('\ufffd'));
        expect(streamed(tokenizer, new TextEncoder().encode(text)).join('')).toBe(text);
      }),
    );
  });

  it('keeps spaces that a tokenizer drops at the beginning of a text', () => {
    const tokens = [0, 1, 2, 3, 0];
    expect(streamed(wordTokenizer, tokens).join('')).toBe('one twoish three one');
  });

  it('shows no partial character', () => {
    expect(streamed(byteTokenizer(), new TextEncoder().encode('a😀b'))).toEqual([
      'a',
      '',
      '',
      '',
      '😀',
      'b',
    ]);
  });

  it('continues after bytes that are not a character', () => {
    const texts = streamed(byteTokenizer(), [...Array<number>(20).fill(0xff), 0x61]);
    expect(texts.join('')).toMatch(/\ufffda$/);
  });

  it('costs the same for each token, however long the answer is', () => {
    const tokenizer = byteTokenizer();
    streamed(tokenizer, Array<number>(4000).fill(0x61));
    expect(tokenizer.decodedTokens).toBeLessThan(4 * 4000);
  });
});
