import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftCount } from '../../../src/stores/chat/draft-count.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const korean = '안녕하세요 반갑습니다';

describe('the count of a message while it is written', () => {
  it('is an estimate at once, and the model’s own when the writer pauses', async () => {
    const draft = new DraftCount(() => Promise.resolve(21));
    draft.update(korean);
    expect(draft.isExact).toBe(false);
    expect(draft.tokens).toBeGreaterThan(14);
    await vi.runAllTimersAsync();
    expect(draft).toMatchObject({ tokens: 21, isExact: true });
  });

  it('stays an estimate, and is shown as one, if no model is loaded', async () => {
    const draft = new DraftCount(() => Promise.resolve(null));
    draft.update(korean);
    await vi.runAllTimersAsync();
    expect(draft.isExact).toBe(false);
  });

  it('counts only after a pause, and never shows the count of another text', async () => {
    const asked: string[] = [];
    const counts: ((tokens: number) => void)[] = [];
    const draft = new DraftCount((text) => {
      asked.push(text);
      return new Promise((resolve) => counts.push(resolve));
    });
    draft.update('a');
    draft.update('ab');
    await vi.runAllTimersAsync();
    expect(asked).toEqual(['ab']);
    draft.update('abc');
    counts[0]?.(99);
    await vi.runAllTimersAsync();
    expect(draft.isExact).toBe(false);
    counts[1]?.(3);
    await vi.runAllTimersAsync();
    expect(draft).toMatchObject({ tokens: 3, isExact: true });
  });

  it('is 0 for an empty text', () => {
    const draft = new DraftCount(() => Promise.resolve(5));
    draft.update('');
    expect(draft).toMatchObject({ tokens: 0, isExact: true });
  });
});
