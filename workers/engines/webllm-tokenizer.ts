/**
 * Text to tokens and back for WebLLM's models. WebLLM's own tokenizer finds control tokens in any text, so
 * what people typed is not given to it as it is.
 */
import type { EngineModel } from '../../src/protocol/engine';
import { openFile } from './open-file';
import { hasLlama2Vocabulary, llama2Tokenizer } from './llama2-tokenizer';
import { tokenBytes, type TokenizerFile } from './token-bytes';
import type { Decoder, ExactTokenizer, WebLlmTokenizer } from './tokenizer';

/** Of a model that is loaded: exact for Llama 2's vocabulary, as safe for any other. */
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
  const control = (file?.added_tokens ?? [])
    .map(({ content }) => content)
    .filter((content) => content.length > 1);
  return {
    encode: ({ type, text }) =>
      type === 'control' ? parse(text) : splitInside(text, control).flatMap(parse),
    decoder: () => windowDecoder(tokenizer),
    vocabulary: tokenBytes(tokenizer, file),
  };
}

/**
 * Cuts the text behind the first character of every control token in it: each piece then holds none, and
 * together they read as they were typed.
 */
export function splitInside(text: string, control: readonly string[]): string[] {
  const cuts = new Set<number>();
  for (const token of control) {
    for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) cuts.add(at + 1);
  }
  const bounds = [0, ...[...cuts].sort((a, b) => a - b), text.length];
  return bounds.slice(1).map((end, index) => text.slice(bounds[index], end));
}

/** It lists the tokens that are found in any text; a SentencePiece model finds none in one. */
async function tokenizerFile(model: EngineModel): Promise<TokenizerFile | null> {
  const file = await openFile(model, 'tokenizer.json');
  return file && (JSON.parse(await file.text()) as TokenizerFile);
}

/** A character is at most four bytes long, and so four tokens; what is still none after these is shown as it is. */
const maxPendingTokens = 16;

/**
 * Decodes each token in company of the few before it: a vocabulary may write one otherwise where it stands alone. The
 * work for a token does not grow with the answer.
 */
export function windowDecoder(tokenizer: Pick<WebLlmTokenizer, 'decode'>): Decoder {
  /** What the last text came from, then what has not become text yet. */
  let shown: readonly number[] = [];
  let pending: readonly number[] = [];
  const decode = (tokens: readonly number[]) =>
    tokens.length === 0 ? '' : tokenizer.decode(Int32Array.from(tokens));
  return {
    add(token) {
      pending = [...pending, token];
      const whole = decode([...shown, ...pending]);
      // A character may be spread over several tokens; until the last of them it is U+FFFD.
      if (whole.endsWith('\ufffd') && pending.length < maxPendingTokens) return '';
      const added = whole.slice(decode(shown).length);
      shown = pending;
      pending = [];
      return added;
    },
  };
}
