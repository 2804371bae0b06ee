/**
 * Llama 2's tokenizer as Meta's SentencePiece runs it: a text is never parsed for control tokens, so a typed
 * `</s>` is three tokens of text. In its own tokenizer, WebLLM offers no such call.
 */
import llamaTokenizer from 'llama-tokenizer-js';
import { pieceBytes } from './token-bytes';
import type { Decoder, ExactTokenizer, WebLlmTokenizer } from './tokenizer';

/** Llama 2's vocabulary, and so TinyLlama's; others of its size (Mistral's) differ throughout. */
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
  return id < controlTokens ? new Uint8Array() : pieceBytes(token);
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
