/** A summary of what the model no longer sees, asked of the model itself. */
import type { Exchange } from '../chat/conversation';
import type { WindowSize } from './context-window';

/** What is asked for a summary: the exchanges, and the request as their next question. */
export function summaryExchanges(
  dropped: readonly Exchange[],
  request: string,
): readonly Exchange[] {
  return [...dropped, { questionId: '', user: request, assistant: null }];
}

/** A summary is there to save room: an eighth of the window at most. */
export function summaryTokens({ contextTokens, reserveTokens }: WindowSize): number {
  return Math.min(160, reserveTokens, Math.floor(contextTokens / 8));
}
