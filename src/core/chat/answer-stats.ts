/** The stats under an answer, from the page's own clock and the engine's usage. */
import type { Usage } from '../../protocol/engine';
import type { AnswerStats } from './conversation';

/** Milliseconds on the page's clock. */
export interface AnswerTimes {
  readonly startMs: number;
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** The number of text events, one for each token. */
  readonly tokens: number;
}

/** Null if no token came. The speed is (n − 1) tokens divided by the time from the first to the last. */
export function answerStats(times: AnswerTimes, usage: Usage): AnswerStats | null {
  const { startMs, firstMs, lastMs, tokens } = times;
  if (firstMs === undefined || lastMs === undefined) return null;
  const seconds = (lastMs - firstMs) / 1000;
  return {
    timeToFirstTokenMs: firstMs - startMs,
    tokensPerSecond: tokens > 1 && seconds > 0 ? (tokens - 1) / seconds : 0,
    promptTokens: usage.promptTokens,
    cachedTokens: usage.cachedTokens,
    completionTokens: usage.completionTokens,
    prefillMs: usage.prefillMs,
  };
}
