import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  budgetMs,
  readSpent,
  type SpentBudget,
  spend,
  budgetState,
  unspent,
} from '../../../src/core/embed/site-budget';
import { SiteUsage } from '../../../src/stores/embed/site-usage.svelte';

const minuteMs = 60_000;
const never = new AbortController().signal;

describe('a site’s computing time', () => {
  it('is ten minutes, of which it regains as many within each hour', () => {
    expect(budgetMs).toBe(10 * minuteMs);
    const spent = spend(unspent, budgetMs, 0);
    expect(budgetState(spend(unspent, budgetMs - 1, 0), 0)).toBe('go');
    expect(budgetState(spent, 0)).toBe('ask');
    expect(budgetState(spent, minuteMs)).toBe('go');
    // One minute is regained for each six minutes.
    const again = spend(spent, 10 * minuteMs, 60 * minuteMs);
    expect(budgetState(again, 60 * minuteMs)).toBe('ask');
  });

  it('is none after a refusal, until a minute is regained', () => {
    const refused = { ...spend(unspent, budgetMs, 0), isRefused: true };
    expect(budgetState(refused, 5.9 * minuteMs)).toBe('refused');
    expect(budgetState(refused, 6.1 * minuteMs)).toBe('go');
    // Then the visitor may be asked again.
    expect(budgetState(spend(refused, 2 * minuteMs, 6.1 * minuteMs), 6.1 * minuteMs)).toBe('ask');
  });

  it('is the full budget if the stored value is invalid', () => {
    for (const wrong of [null, 'x', {}, { spentMs: 'x', atMs: 0 }, { spentMs: NaN, atMs: 0 }]) {
      expect(readSpent(wrong)).toEqual(unspent);
    }
  });
});

describe('a site that uses the model', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function use({ stored = unspent, requestMoreTime = async () => true } = {}) {
    const kept: { spent: SpentBudget } = { spent: stored };
    const made = new SiteUsage({
      load: () => kept.spent,
      save: (spent) => (kept.spent = spent),
      nowMs: Date.now,
      requestMoreTime,
    });
    return { use: made, kept };
  }
  /** Whether it has settled. */
  async function settles(promise: Promise<unknown>): Promise<boolean> {
    let isOver = false;
    promise.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    await vi.advanceTimersByTimeAsync(0);
    return isOver;
  }

  it('waits until it is visible', async () => {
    const { use: site } = use();
    const turn = site.turn(never);
    expect(await settles(turn)).toBe(false);
    site.setVisible(true);
    expect((await turn).aborted).toBe(false);
  });

  it('pauses while it is not visible, and then continues', async () => {
    const { use: site } = use();
    site.setVisible(true);
    const pause = await site.turn(never);
    site.setVisible(false);
    expect(pause.aborted).toBe(true);
    const next = site.turn(never);
    expect(await settles(next)).toBe(false);
    site.setVisible(true);
    expect((await next).aborted).toBe(false);
  });

  it('pauses when its budget is spent, and continues if the visitor grants more', async () => {
    const requestMoreTime = vi.fn(async () => true);
    const { use: site, kept } = use({ requestMoreTime });
    site.setVisible(true);
    const pause = await site.turn(never);
    site.spent(budgetMs - 1);
    expect(pause.aborted).toBe(false);
    site.spent(1);
    expect(pause.aborted).toBe(true);
    expect((await site.turn(never)).aborted).toBe(false);
    expect(requestMoreTime).toHaveBeenCalledOnce();
    expect(kept.spent).toEqual(unspent);
  });

  it('is refused if the visitor grants no more, and does not ask again and again', async () => {
    const requestMoreTime = vi.fn(async () => false);
    const stored = { spentMs: budgetMs, atMs: Date.now(), isRefused: false };
    const { use: site, kept } = use({ stored, requestMoreTime });
    site.setVisible(true);
    for (let count = 0; count < 3; count += 1) {
      await expect(site.turn(never)).rejects.toMatchObject({ code: 'budget-spent' });
    }
    expect(requestMoreTime).toHaveBeenCalledOnce();
    // Nor in another frame of the site, or after a reload.
    const other = use({
      stored: readSpent(JSON.parse(JSON.stringify(kept.spent))),
      requestMoreTime,
    });
    other.use.setVisible(true);
    await expect(other.use.turn(never)).rejects.toMatchObject({ code: 'budget-spent' });
    expect(requestMoreTime).toHaveBeenCalledOnce();
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
