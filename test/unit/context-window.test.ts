import { describe, expect, it } from 'vitest';
import { dropOldest, estimateTokens, fitToBudget } from '../../src/core/context-window';
import type { Exchange } from '../../src/core/conversation';

const exchanges = (count: number, words = 20): Exchange[] =>
  Array.from({ length: count }, (_, index) => ({
    questionId: `${index}`,
    user: 'word '.repeat(words),
    assistant: index === count - 1 ? null : 'word '.repeat(words),
  }));

describe('fitToBudget', () => {
  it('keeps everything that fits', () => {
    expect(fitToBudget(exchanges(3), { budgetTokens: 1000, system: 'S' })).toHaveLength(3);
  });

  it('drops the oldest exchange first', () => {
    const kept = fitToBudget(exchanges(10), { budgetTokens: 200, system: 'S' });
    expect(kept.length).toBeLessThan(10);
    expect(kept.at(-1)?.questionId).toBe('9');
    expect(kept[0]?.questionId).toBe(String(10 - kept.length));
  });

  it('keeps the newest question even when it alone is too long', () => {
    const kept = fitToBudget(exchanges(2, 5000), { budgetTokens: 100, system: 'S' });
    expect(kept.map(({ questionId }) => questionId)).toEqual(['1']);
  });
});

describe('dropOldest', () => {
  it('drops half, so that the next turns fit too', () => {
    expect(dropOldest(exchanges(8))?.map(({ questionId }) => questionId)).toEqual([
      '4',
      '5',
      '6',
      '7',
    ]);
  });

  it('has nothing to drop when only the question is left', () => {
    expect(dropOldest(exchanges(1))).toBeNull();
  });
});

describe('estimateTokens', () => {
  it('counts emoji by their bytes', () => {
    expect(estimateTokens('🦙'.repeat(100))).toBe(100);
  });
});
