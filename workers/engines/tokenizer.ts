/** The interfaces of tokenizers: WebLLM's own, and the exact one built on it. */
import type { PromptPart } from '../../src/protocol/engine';

/** The part of WebLLM's tokenizer that is used. */
export interface WebLlmTokenizer {
  encode(text: string): Int32Array;
  decode(tokens: Int32Array): string;
  getVocabSize(): number;
  idToToken(id: number): string;
}

export interface ExactTokenizer {
  /** One tokenizer run: the tokens of a text part never include a control token. */
  encode(part: PromptPart): number[];
  /** A new decoder, for one answer. */
  decoder(): Decoder;
  /** The bytes of each token by its id, empty for control tokens; null if they are unknown. */
  readonly vocabulary: (() => readonly Uint8Array[]) | null;
}

export interface Decoder {
  /** The text that the token completes; empty while it is only part of a character. */
  add(token: number): string;
}
