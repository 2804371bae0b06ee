/** What tokenizers offer: WebLLM's own, and the exact one that is made of it. */
import type { PromptPart } from '../../src/protocol/engine';

/** What is used of WebLLM's. */
export interface WebLlmTokenizer {
  encode(text: string): Int32Array;
  decode(tokens: Int32Array): string;
  getVocabSize(): number;
  idToToken(id: number): string;
}

export interface ExactTokenizer {
  /** One run: a text's tokens never include a control token. */
  encode(part: PromptPart): number[];
  /** For one answer. */
  decoder(): Decoder;
  /** The bytes of each token by its id, none for control tokens; null where they are not known. */
  readonly vocabulary: (() => readonly Uint8Array[]) | null;
}

export interface Decoder {
  /** The text that the token completes; empty while it is only a part of a character. */
  add(token: number): string;
}
