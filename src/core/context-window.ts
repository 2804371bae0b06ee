/** Decides how much of a conversation fits into a model's context window. */
import type { Exchange } from './conversation';

export interface Budget {
  /** Tokens for the system text and all exchanges, the reply's reserve already taken off. */
  readonly budgetTokens: number;
  readonly system: string;
}

/**
 * About how many tokens a text takes, without a tokenizer: the larger of a quarter of its bytes
 * (English prose in a 32,000 to 50,000 token vocabulary) and its words. An engine that still finds
 * the prompt too long says so before prefill, and the caller drops more (`dropOldest`).
 */
export function estimateTokens(text: string): number {
  const bytes = new TextEncoder().encode(text).length;
  const words = text.split(/\s+/).length;
  return Math.max(Math.ceil(bytes / 4), words);
}

/** Control tokens and the role's name around one message. */
const overheadTokens = 6;

/** The newest exchanges that fit, oldest dropped first; the newest one always stays. */
export function fitToBudget(
  exchanges: readonly Exchange[],
  { budgetTokens, system }: Budget,
): readonly Exchange[] {
  let left = budgetTokens - estimateTokens(system) - overheadTokens;
  let first = exchanges.length;
  for (let index = exchanges.length - 1; index >= 0; index -= 1) {
    left -= exchangeTokens(exchanges[index]!);
    if (left < 0 && index < exchanges.length - 1) break;
    first = index;
  }
  return exchanges.slice(first);
}

/** Half of the exchanges, the newer half; null when only the newest question is left. */
export function dropOldest(exchanges: readonly Exchange[]): readonly Exchange[] | null {
  return exchanges.length < 2 ? null : exchanges.slice(Math.ceil(exchanges.length / 2));
}

function exchangeTokens({ user, assistant, begun }: Exchange): number {
  const written = assistant ?? begun;
  const answer = written === undefined ? 0 : estimateTokens(written) + overheadTokens;
  return estimateTokens(user) + overheadTokens + answer;
}
