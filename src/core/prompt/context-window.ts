/** Decides which part of a conversation goes into a model's context window. */
import type { Prompt, PromptPart } from '../../protocol/engine';
import type { Exchange } from '../chat/conversation';
import { partOf, promptFrom, type PromptSource } from './prompt-source';

/** The number of tokens of one part of a prompt, which is one tokenizer run. */
export type CountPart = (part: PromptPart) => number;

export interface WindowSize {
  readonly contextTokens: number;
  /** Reserved for the answer. */
  readonly reserveTokens: number;
  /** The least that stays reserved if a long question needs some of the reserve. */
  readonly minAnswerTokens: number;
}

export interface WindowPlan extends WindowSize {
  /** The index of the oldest exchange that the model sees. */
  readonly first: number;
  /** The whole prompt: the sum of the next three. */
  readonly promptTokens: number;
  readonly systemTokens: number;
  readonly pinTokens: number;
  /** Exchanges, the question, a summary, and the format's marks. */
  readonly historyTokens: number;
  /** The part that does not fit even when everything else is left out. */
  readonly fault: 'message-too-long' | 'answer-too-long' | 'instructions-too-long' | null;
  readonly prompt: Prompt;
}

/** The answer's reserve: its token limit, but at most half of a small window. */
export function windowSize(contextTokens: number, maxAnswerTokens: number): WindowSize {
  const reserveTokens = Math.min(maxAnswerTokens, Math.floor(contextTokens / 2));
  return { contextTokens, reserveTokens, minAnswerTokens: Math.ceil(reserveTokens / 4) };
}

/**
 * Whole exchanges are left out, oldest first, but never the system text, the pinned instruction or the
 * question. Whenever some must go, so many go that the rest fills at most half of the room beside the
 * instructions. Until that room is full again, every prompt begins with the one before it, whose keys and
 * values are still in the KV cache.
 *
 * What was left out is not stored: it is computed again for each exchange from the first on, as when that one
 * was asked. So it is the same after a reload, on every branch, and after an edit; another pinned instruction
 * or model only changes the numbers.
 */
export function planWindow(source: PromptSource, size: WindowSize, count: CountPart): WindowPlan {
  const bare = withoutSummaries(source);
  const costs = promptCosts(source, count);
  const bareCosts = bare === source ? costs : promptCosts(bare, count);
  const roomTokens = size.contextTokens - size.reserveTokens;
  const last = source.exchanges.length - 1;
  let first = 0;
  for (let asked = 0; asked <= last; asked += 1) {
    if (costs.prompt(first, asked) <= roomTokens) continue;
    const instructionTokens = costs.instructions(asked);
    const enoughTokens = instructionTokens + (roomTokens - instructionTokens) / 2;
    // Exchanges without summaries count: a summary is made later and must not change what it summarises.
    const isEnough = () =>
      bareCosts.prompt(first, asked) <= enoughTokens && costs.prompt(first, asked) <= roomTokens;
    if (first < asked) first += 1;
    while (first < asked && !isEnough()) first += 1;
  }
  const prompt = promptFrom(source, first);
  const promptTokens = countAll(prompt, count);
  // If it is still too long, the summary goes.
  if (promptTokens > roomTokens && bare !== source) return planWindow(bare, size, count);
  // A question without any other exchange may use part of the answer's reserve.
  const maxPromptTokens = size.contextTokens - size.minAnswerTokens;
  const isTooLong = promptTokens > maxPromptTokens;
  const noPin = { ...source, pin: { ...source.pin, text: '' } };
  const noPinTokens = countAll(promptFrom(noPin, first), count);
  const historyTokens = countAll(promptFrom({ ...noPin, system: '' }, first), count);
  const fault = () => {
    if (costs.instructions(last) > maxPromptTokens) return 'instructions-too-long';
    return costs.bareQuestion(last) > maxPromptTokens ? 'message-too-long' : 'answer-too-long';
  };
  return {
    ...size,
    reserveTokens: isTooLong
      ? size.reserveTokens
      : Math.min(size.reserveTokens, size.contextTokens - promptTokens),
    first,
    prompt,
    promptTokens,
    systemTokens: noPinTokens - historyTokens,
    pinTokens: promptTokens - noPinTokens,
    historyTokens,
    fault: isTooLong ? fault() : null,
  };
}

function withoutSummaries(source: PromptSource): PromptSource {
  if (source.exchanges.every(({ summary }) => summary === undefined)) return source;
  const exchanges = source.exchanges.map((one) => ({ ...one, summary: undefined }));
  return { ...source, exchanges };
}

const countAll = (prompt: Prompt, count: CountPart) =>
  prompt.reduce((sum, part) => sum + count(part), 0);

/** Counts each part once, and only when it is needed. */
function promptCosts(source: PromptSource, count: CountPart) {
  const tokens = (prompt: Prompt) => countAll(prompt, count);
  /** Cumulative tokens of the exchanges before each one, with their answers and without an opening. */
  const before = [0];
  const beforeTokens = (index: number) => {
    for (let at = before.length; at <= index; at += 1) {
      before.push(before[at - 1]! + tokens(partOf(source, at - 1, false)));
    }
    return before[index]!;
  };
  const opening = memo((first) => tokens(partOf(source, first, true)));
  const question = memo((asked) => tokens(partOf(source, asked, false, true)));
  const lone = memo((asked) => tokens(partOf(source, asked, true, true)));
  /** The tokens of a prompt with only these parts of one question. */
  const alone = (asked: number, parts: Partial<Exchange>) => {
    const { partial: _, ...exchange } = {
      ...source.exchanges[asked]!,
      summary: undefined,
      ...parts,
    };
    return tokens(partOf({ ...source, exchanges: [exchange] }, 0, true, true));
  };
  return {
    /** The tokens of the prompt for the question at `asked`, with the exchanges from `first` on. */
    prompt: (first: number, asked: number) =>
      first === asked
        ? lone(asked)
        : opening(first) + beforeTokens(asked) - beforeTokens(first + 1) + question(asked),
    /** The tokens of a prompt with only the system text, the pinned instruction and the format's marks. */
    instructions: memo((asked) => alone(asked, { user: '' })),
    /** The tokens of the question without its partial answer. */
    bareQuestion: (asked: number) => alone(asked, {}),
  };
}

function memo(compute: (index: number) => number): (index: number) => number {
  const known = new Map<number, number>();
  return (index) => {
    const value = known.get(index) ?? compute(index);
    known.set(index, value);
    return value;
  };
}

/**
 * Tokens for each non-ASCII character, by upper bound of the code point. Measured with Llama 2's vocabulary,
 * which encodes scripts other than Latin and Cyrillic mostly as single characters or bytes.
 */
const tokensOfCharacter: readonly (readonly [before: number, tokens: number])[] = [
  [0x0250, 1.5], // Latin letters with marks
  [0x0400, 1.1], // Greek
  [0x0530, 0.42], // Cyrillic
  [0x0900, 1.1], // Armenian, Hebrew, Arabic
  [0x1100, 1.2], // Indic scripts, Thai, Georgian
  [0x1e00, 3], // Jamo, Ethiopic, Khmer
  [0x2600, 1.2], // punctuation, signs
  [0x2e80, 3], // symbols, emoji of one unit
  [0x3100, 1.15], // kana
  [0xac00, 1.4], // Han
  [0xd7b0, 2], // Hangul
  [0x10000, 1.4],
  [Infinity, 4], // emoji
];

/**
 * Estimates the tokens of a text without a tokenizer: for ASCII, the larger of a quarter of its length (English
 * prose) and its number of words, digits and signs (code); for the rest, by script.
 */
export function estimateTokens(text: string): number {
  let ascii = 0;
  let pieces = 0;
  let others = 0;
  let isInWord = false;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      ascii++;
      const isLetter = /[a-z_]/i.test(character);
      if (isLetter ? !isInWord : code > 32) pieces++;
      isInWord = isLetter;
    } else {
      others += tokensOfCharacter.find(([before]) => code < before)?.[1] ?? 0;
    }
  }
  return Math.ceil(Math.max(ascii / 4, pieces) + others);
}

/** For `planWindow` while no model is loaded. */
export function estimatePart({ type, text }: PromptPart): number {
  return type === 'control' ? 1 : estimateTokens(text);
}

/**
 * The most tokens that a part can have: one for each byte in UTF-8, and one for the space that some vocabularies put
 * in front of a text.
 */
export function mostTokens({ text }: PromptPart): number {
  return new TextEncoder().encode(text).length + 1;
}
