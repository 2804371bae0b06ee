/**
 * Llama 2's tokenizer, equal to Meta's SentencePiece: it never finds control tokens in a text, so a typed `</s>`
 * becomes three text tokens. WebLLM's own tokenizer has no such call.
 */
import llamaTokenizer from 'llama-tokenizer-js';
import { pieceBytes } from './token-bytes';
import type { ExactTokenizer, WebLlmTokenizer } from './tokenizer';

/**
 * True for the vocabulary of Llama 2 and TinyLlama. Other vocabularies of the same size, such as Mistral's, differ in
 * most tokens.
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
  const vocabulary = () => (bytes ??= llamaTokenizer.vocabById.map(bytesOf));
  return {
    encode: (text) => llamaTokenizer.encode(text, false, true),
    decoder() {
      // A character may consist of several tokens.
      const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
      return { add: (token) => utf8.decode(vocabulary()[token], { stream: true }) };
    },
    vocabulary,
  };
}

/** The first three are control tokens; then come the 256 bytes, as `<0x0A>`. */
const controlTokens = 3;

function bytesOf(token: string, id: number): Uint8Array {
  return id < controlTokens ? new Uint8Array() : pieceBytes(token);
}
