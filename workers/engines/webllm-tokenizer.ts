/**
 * Encodes and decodes text for WebLLM's models. WebLLM's own tokenizer finds control tokens in any text, so
 * typed text must be split first.
 */
import type { EngineModel } from '../../src/protocol/engine';
import { openFile } from './open-file';
import { hasLlama2Vocabulary, llama2Tokenizer } from './llama2-tokenizer';
import { tokenBytes, type TokenizerFile } from './token-bytes';
import type { Decoder, ExactTokenizer, WebLlmTokenizer } from './tokenizer';

/** For a loaded model: exact for Llama 2's vocabulary, and equally safe for any other. */
export async function openTokenizer(
  tokenizer: WebLlmTokenizer,
  model: EngineModel,
): Promise<ExactTokenizer> {
  const parse = (text: string) => [...tokenizer.encode(text)];
  if (hasLlama2Vocabulary(tokenizer)) {
    const exact = llama2Tokenizer();
    return {
      encode: ({ type, text }) => (type === 'control' ? parse(text) : exact.encode(text)),
      decoder: exact.decoder,
      vocabulary: exact.vocabulary,
    };
  }
  const file = await tokenizerFile(model);
  const control = marksOf(file?.added_tokens ?? []);
  return {
    encode: ({ type, text }) =>
      type === 'control' ? parse(text) : splitInside(text, control).flatMap(parse),
    decoder: () => windowDecoder(tokenizer),
    vocabulary: tokenBytes(tokenizer, file),
  };
}

/**
 * The control tokens, which are split in typed text. Gemma also lists sequences of line breaks, which are ordinary
 * text.
 */
export function marksOf(added: readonly { readonly content: string }[]): string[] {
  return added
    .map(({ content }) => content)
    .filter((content) => content.length > 1 && /[^\s▁]/.test(content));
}

/**
 * Splits the text after the first character of each control token. No piece contains a control token, and the pieces
 * together are the typed text.
 */
export function splitInside(text: string, control: readonly string[]): string[] {
  const cuts = new Set<number>();
  for (const token of control) {
    for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) cuts.add(at + 1);
  }
  const bounds = [0, ...[...cuts].sort((a, b) => a - b), text.length];
  return bounds.slice(1).map((end, index) => text.slice(bounds[index], end));
}

/** Lists the tokens that the tokenizer finds in any text. A SentencePiece model finds none. */
async function tokenizerFile(model: EngineModel): Promise<TokenizerFile | null> {
  const file = await openFile(model, 'tokenizer.json');
  return file && (JSON.parse(await file.text()) as TokenizerFile);
}

/**
 * A character has at most four bytes, and so four tokens; more tokens without a valid character are shown as
 * they are.
 */
const maxPendingTokens = 16;

/**
 * Decodes each token together with the few before it, since some vocabularies decode a single token
 * differently. The work for a token does not grow with the answer.
 */
export function windowDecoder(tokenizer: Pick<WebLlmTokenizer, 'decode'>): Decoder {
  /** The tokens of the last text, and those that do not form text yet. */
  let shown: readonly number[] = [];
  let pending: readonly number[] = [];
  const decode = (tokens: readonly number[]) =>
    tokens.length === 0 ? '' : tokenizer.decode(Int32Array.from(tokens));
  return {
    add(token) {
      pending = [...pending, token];
      const whole = decode([...shown, ...pending]);
      // A character may span several tokens; until the last one it decodes to U+FFFD.
      if (whole.endsWith('\ufffd') && pending.length < maxPendingTokens) return '';
      const added = whole.slice(decode(shown).length);
      shown = pending;
      pending = [];
      return added;
    },
  };
}
