/** A summary of the exchanges that no longer fit into the context window, written by the model itself. */
import type { Exchange } from '../chat/conversation';
import type { WindowSize } from './context-window';

/** The exchanges, with the request for a summary as the next question. */
export function summaryExchanges(
  dropped: readonly Exchange[],
  request: string,
): readonly Exchange[] {
  return [...dropped, { questionId: '', user: request, assistant: null }];
}

/** A summary must save room: it takes at most an eighth of the context window. */
export function summaryTokens({ contextTokens, reserveTokens }: WindowSize): number {
  return Math.min(160, reserveTokens, Math.floor(contextTokens / 8));
}
