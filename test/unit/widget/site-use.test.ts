import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  budgetMs,
  readSpent,
  type SpentBudget,
  spend,
  standing,
  unspent,
} from '../../../src/core/embed/site-budget';
import { SiteUse } from '../../../src/stores/embed/site-use.svelte';

const minuteMs = 60_000;
const never = new AbortController().signal;

describe('what a site may have computed', () => {
  it('is ten minutes, of which it regains as many within each hour', () => {
    expect(budgetMs).toBe(10 * minuteMs);
    const spent = spend(unspent, budgetMs, 0);
    expect(standing(spend(unspent, budgetMs - 1, 0), 0)).toBe('go');
    expect(standing(spent, 0)).toBe('ask');
    expect(standing(spent, minuteMs)).toBe('go');
    // One minute of it for each six that pass.
    const again = spend(spent, 10 * minuteMs, 60 * minuteMs);
    expect(standing(again, 60 * minuteMs)).toBe('ask');
  });

  it('is nothing after a no, until a minute of it is regained', () => {
    const refused = { ...spend(unspent, budgetMs, 0), isRefused: true };
    expect(standing(refused, 5.9 * minuteMs)).toBe('refused');
    expect(standing(refused, 6.1 * minuteMs)).toBe('go');
    // And then the visitor may be asked again.
    expect(standing(spend(refused, 2 * minuteMs, 6.1 * minuteMs), 6.1 * minuteMs)).toBe('ask');
  });

  it('is the whole of it where what was stored makes no sense', () => {
    for (const wrong of [null, 'x', {}, { spentMs: 'x', atMs: 0 }, { spentMs: NaN, atMs: 0 }]) {
      expect(readSpent(wrong)).toEqual(unspent);
    }
  });
});

describe('a site that uses the model', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function use({ stored = unspent, askMore = async () => true } = {}) {
    const kept: { spent: SpentBudget } = { spent: stored };
    const made = new SiteUse({
      load: () => kept.spent,
      save: (spent) => (kept.spent = spent),
      nowMs: Date.now,
      askMore,
    });
    return { use: made, kept };
  }
  /** Whether it has settled by now. */
  async function settles(promise: Promise<unknown>): Promise<boolean> {
    let isOver = false;
    promise.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    await vi.advanceTimersByTimeAsync(0);
    return isOver;
  }

  it('waits until the visitor could see it', async () => {
    const { use: site } = use();
    const turn = site.turn(never);
    expect(await settles(turn)).toBe(false);
    site.see(true);
    expect((await turn).aborted).toBe(false);
  });

  it('pauses while nobody could see it, and then goes on', async () => {
    const { use: site } = use();
    site.see(true);
    const pause = await site.turn(never);
    site.see(false);
    expect(pause.aborted).toBe(true);
    const next = site.turn(never);
    expect(await settles(next)).toBe(false);
    site.see(true);
    expect((await next).aborted).toBe(false);
  });

  it('pauses when it has spent its budget, and goes on if the visitor gives more', async () => {
    const askMore = vi.fn(async () => true);
    const { use: site, kept } = use({ askMore });
    site.see(true);
    const pause = await site.turn(never);
    site.spent(budgetMs - 1);
    expect(pause.aborted).toBe(false);
    site.spent(1);
    expect(pause.aborted).toBe(true);
    expect((await site.turn(never)).aborted).toBe(false);
    expect(askMore).toHaveBeenCalledOnce();
    expect(kept.spent).toEqual(unspent);
  });

  it('is refused if the visitor gives no more, and does not ask again and again', async () => {
    const askMore = vi.fn(async () => false);
    const stored = { spentMs: budgetMs, atMs: Date.now(), isRefused: false };
    const { use: site, kept } = use({ stored, askMore });
    site.see(true);
    for (let count = 0; count < 3; count += 1) {
      await expect(site.turn(never)).rejects.toMatchObject({ code: 'budget-spent' });
    }
    expect(askMore).toHaveBeenCalledOnce();
    // Nor from another frame of it, or after a reload.
    const other = use({ stored: readSpent(JSON.parse(JSON.stringify(kept.spent))), askMore });
    other.use.see(true);
    await expect(other.use.turn(never)).rejects.toMatchObject({ code: 'budget-spent' });
    expect(askMore).toHaveBeenCalledOnce();
  });

  it('stops waiting when its request is aborted', async () => {
    const { use: site } = use();
    const controller = new AbortController();
    const turn = site.turn(controller.signal);
    controller.abort(new Error('gone'));
    await expect(turn).rejects.toThrow('gone');
    await expect(site.turn(controller.signal)).rejects.toThrow('gone');
  });

  it('is marked as long as any request runs, and a little longer', () => {
    const { use: site } = use();
    site.begin();
    site.begin();
    site.end();
    expect(site.isActive).toBe(true);
    site.end();
    vi.advanceTimersByTime(1000);
    expect(site.isActive).toBe(true);
    site.begin();
    vi.advanceTimersByTime(5000);
    expect(site.isActive).toBe(true);
    site.end();
    vi.advanceTimersByTime(3000);
    expect(site.isActive).toBe(false);
  });
});
