import { describe, expect, it } from 'vitest';
import { answerStats } from '../../../src/core/chat/answer-stats';

const usage = {
  promptTokens: 30,
  cachedTokens: 20,
  completionTokens: 5,
  prefillMs: 400,
  decodeMs: 200,
};

describe('answerStats', () => {
  it('measures speed between the first and the last token', () => {
    const times = { startMs: 1000, firstMs: 1500, lastMs: 1900, tokens: 5 };
    expect(answerStats(times, usage)).toMatchObject({
      timeToFirstTokenMs: 500,
      tokensPerSecond: 10,
      promptTokens: 30,
      cachedTokens: 20,
    });
  });

  it('has no speed for a single token and no stats without one', () => {
    const one = { startMs: 0, firstMs: 10, lastMs: 10, tokens: 1 };
    expect(answerStats(one, usage)?.tokensPerSecond).toBe(0);
    expect(answerStats({ startMs: 0, tokens: 0 }, usage)).toBeNull();
  });
});
