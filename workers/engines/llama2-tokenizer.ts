/**
 * Llama 2's tokenizer as Meta's SentencePiece runs it: a text is never parsed for control tokens, so a typed
 * `</s>` is three text tokens. WebLLM's own tokenizer has no such call.
 */
import llamaTokenizer from 'llama-tokenizer-js';
import type { Decoder, ExactTokenizer, WebLlmTokenizer } from './tokenizer';

/**
 * True for Llama 2's vocabulary, which is also TinyLlama's; others of its size (Mistral's) differ throughout.
 */
export function hasLlama2Vocabulary(tokenizer: WebLlmTokenizer): boolean {
  const { vocabById } = llamaTokenizer;
  return (
    tokenizer.getVocabSize() === vocabById.length &&
    vocabById.every((token, id) => tokenizer.idToToken(id) === token)
  );
}

export function llama2Tokenizer(): Omit<ExactTokenizer, 'encode'> & {
  encode(text: string): number[];
} {
  let bytes: readonly Uint8Array[] | undefined;
  return {
    encode: (text) => llamaTokenizer.encode(text, false, true),
    decoder,
    vocabulary: () => (bytes ??= llamaTokenizer.vocabById.map(bytesOf)),
  };
}

/** The first three are control tokens; then come the 256 bytes, as `<0x0A>`. */
const controlTokens = 3;

function bytesOf(token: string, id: number): Uint8Array {
  if (id < controlTokens) return new Uint8Array();
  const byte = /^<0x([\dA-F]{2})>$/.exec(token)?.[1];
  if (byte !== undefined) return Uint8Array.of(parseInt(byte, 16));
  return new TextEncoder().encode(token.replaceAll('▁', ' '));
}

/** Every token stands for itself, but for the bytes of a character that has no token of its own. */
function decoder(): Decoder {
  let pending: number[] = [];
  return {
    add(token) {
      pending.push(token);
      const text = llamaTokenizer.decode(pending, false, false);
      if (text.endsWith('\ufffd')) return '';
      pending = [];
      return text;
    },
  };
}
