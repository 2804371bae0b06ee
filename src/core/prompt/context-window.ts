/** Decides what of a conversation a model sees, when not all of it fits into its context window. */
import type { Prompt, PromptPart } from '../../protocol/engine';
import type { Exchange } from '../chat/conversation';
import { partOf, promptFrom, type PromptSource } from './prompt-source';

/** Tokens of one part of a prompt, which is one run of the tokenizer. */
export type CountPart = (part: PromptPart) => number;

export interface WindowSize {
  readonly contextTokens: number;
  /** Kept free for the answer. */
  readonly reserveTokens: number;
  /** So much at least, where a long question takes of what is kept. */
  readonly leastAnswerTokens: number;
}

export interface WindowPlan extends WindowSize {
  /** The oldest exchange that the model sees, as an index. */
  readonly first: number;
  /** The whole prompt; the next three add up to it. */
  readonly promptTokens: number;
  readonly systemTokens: number;
  readonly pinTokens: number;
  /** Exchanges, the question, a summary, and the format's own marks. */
  readonly historyTokens: number;
  /** What does not fit even when all that may be left out is left out. */
  readonly fault: 'message-too-long' | 'answer-too-long' | 'instructions-too-long' | null;
  readonly prompt: Prompt;
}

/** The answer's reserve: its limit, but never more than half of a small window. */
export function windowSize(contextTokens: number, maxAnswerTokens: number): WindowSize {
  const reserveTokens = Math.min(maxAnswerTokens, Math.floor(contextTokens / 2));
  return { contextTokens, reserveTokens, leastAnswerTokens: Math.ceil(reserveTokens / 4) };
}

/**
 * Whole exchanges go, oldest first; never the system text, the pinned instruction, or the question.
 * Whenever something has to go, so much goes that the rest fills at most half of the room beside the
 * instructions: until that half has grown full again, every prompt begins with the one before it, and its
 * keys and values are still in the KV cache.
 *
 * What went before is not stored: it is decided anew for each exchange from the first on, as it was when
 * that one was asked. So it is the same after a reload, on every branch, and after an edit; and another
 * pinned instruction or another model only means other figures.
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
    // A summary comes later: it does not change what it is the summary of.
    const isEnough = () =>
      bareCosts.prompt(first, asked) <= enoughTokens && costs.prompt(first, asked) <= roomTokens;
    if (first < asked) first += 1;
    while (first < asked && !isEnough()) first += 1;
  }
  const prompt = promptFrom(source, first);
  const promptTokens = countAll(prompt, count);
  // A summary is the last thing that may go.
  if (promptTokens > roomTokens && bare !== source) return planWindow(bare, size, count);
  // A question that is all alone may take of the answer's reserve.
  const mostTokens = size.contextTokens - size.leastAnswerTokens;
  const isTooLong = promptTokens > mostTokens;
  const noPin = { ...source, pin: { ...source.pin, text: '' } };
  const noPinTokens = countAll(promptFrom(noPin, first), count);
  const historyTokens = countAll(promptFrom({ ...noPin, system: '' }, first), count);
  const fault = () => {
    if (costs.instructions(last) > mostTokens) return 'instructions-too-long';
    return costs.bareQuestion(last) > mostTokens ? 'message-too-long' : 'answer-too-long';
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

/** Each part is counted once, and only if it is asked for. */
function promptCosts(source: PromptSource, count: CountPart) {
  const tokens = (prompt: Prompt) => countAll(prompt, count);
  /** Of the exchanges before each, with their answers and without an opening. */
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
  /** Of a prompt with nothing of the conversation but these parts of a question. */
  const alone = (asked: number, parts: Partial<Exchange>) => {
    const { partial: _, ...exchange } = {
      ...source.exchanges[asked]!,
      summary: undefined,
      ...parts,
    };
    return tokens(partOf({ ...source, exchanges: [exchange] }, 0, true, true));
  };
  return {
    /** Of the prompt that asks the question at `asked` and shows the exchanges from `first` on. */
    prompt: (first: number, asked: number) =>
      first === asked
        ? lone(asked)
        : opening(first) + beforeTokens(asked) - beforeTokens(first + 1) + question(asked),
    /** Of a prompt that has nothing but the system text, the pinned instruction and the format's marks. */
    instructions: memo((asked) => alone(asked, { user: '' })),
    /** Of the question without what there is of its answer. */
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
 * Tokens of a character of what is not ASCII, up to each code point: measured with Llama 2's vocabulary, whose
 * scripts other than Latin and Cyrillic are mostly single characters, or their bytes.
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
 * About how many tokens a text takes, without a tokenizer: for ASCII the larger of a quarter of its length
 * (English prose) and its words, digits and signs (code); for the rest by script.
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
