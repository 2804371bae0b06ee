import { describe, expect, it } from 'vitest';
import type { CountPart } from '../../../src/core/prompt/context-window';
import type { Prompt } from '../../../src/protocol/engine';
import { TokenCounts } from '../../../src/stores/prompt/token-counts';

const text = (value: string) => ({ type: 'text', text: value }) as const;
const two = (count: CountPart) => count(text('one')) + count(text('two'));

/** Counts ten tokens for everything, and records the requests. */
function counter() {
  const asked: Prompt[] = [];
  const count = (prompt: Prompt) => {
    asked.push(prompt);
    return Promise.resolve(prompt.map(() => 10));
  };
  return { asked, count };
}

describe('TokenCounts', () => {
  it('estimates, and reports that, until it has counted', async () => {
    const counts = new TokenCounts().forModel('m');
    const { count } = counter();
    expect(counts.estimate(two)).toEqual({ value: 2, isExact: false });
    expect(await counts.exact(two, count)).toBe(20);
    expect(counts.estimate(two)).toEqual({ value: 20, isExact: true });
  });

  it('counts each part once, all missing ones together', async () => {
    const counts = new TokenCounts().forModel('m');
    const { asked, count } = counter();
    await counts.exact(two, count);
    await counts.exact((one) => two(one) + one(text('three')), count);
    expect(asked).toEqual([[text('one'), text('two')], [text('three')]]);
  });

  it('continues if exact counts lead to other parts', async () => {
    const counts = new TokenCounts().forModel('m');
    const { asked, count } = counter();
    const compute = (one: CountPart) => (one(text('a')) > 5 ? one(text('b')) : 0);
    expect(await counts.exact(compute, count)).toBe(10);
    expect(asked).toEqual([[text('a')], [text('b')]]);
  });

  it('gives the most tokens that a part can have, until it has counted', async () => {
    const counts = new TokenCounts().forModel('m');
    expect(counts.atMost((one) => one(text('né 🦙')))).toBe(9);
    await counts.exact(two, counter().count);
    expect(counts.atMost(two)).toBe(20);
  });

  it('forgets the counts of another model', async () => {
    const counts = new TokenCounts().forModel('m');
    await counts.exact(two, counter().count);
    expect(counts.forModel('other').estimate(two).isExact).toBe(false);
  });

  it('distinguishes a control token from the same text', async () => {
    const counts = new TokenCounts().forModel('m');
    await counts.exact((one) => one(text('</s>')), counter().count);
    const control = (one: CountPart) => one({ type: 'control', text: '</s>' });
    expect(counts.estimate(control).isExact).toBe(false);
  });
});
