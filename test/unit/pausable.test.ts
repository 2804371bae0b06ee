import { describe, expect, it } from 'vitest';
import { Pausable } from '../../src/stores/models/model-download';

/** Work that continues until it is aborted, or ended from outside. */
function openWork() {
  const starts: (() => void)[] = [];
  const work = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      starts.push(resolve);
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  return { work, starts };
}

const whenIdle = () => new Promise((resolve) => setTimeout(resolve));

describe('Pausable', () => {
  it('starts the work again after a pause, and ends when that does', async () => {
    const { work, starts } = openWork();
    let pauses = 0;
    const pausable = new Pausable(work, () => (pauses += 1));
    const run = pausable.run(new AbortController().signal);
    pausable.pause();
    await whenIdle();
    expect([pauses, starts.length]).toEqual([1, 1]);
    pausable.resume();
    await whenIdle();
    starts.at(-1)?.();
    await run;
    expect(starts).toHaveLength(2);
  });

  it('can be cancelled while it is paused', async () => {
    const { work } = openWork();
    const controller = new AbortController();
    const pausable = new Pausable(work, () => {});
    const run = pausable.run(controller.signal);
    pausable.pause();
    await whenIdle();
    controller.abort(new Error('cancelled'));
    await expect(run).rejects.toThrow('cancelled');
  });

  it('passes on what goes wrong in the work', async () => {
    const pausable = new Pausable(
      () => Promise.reject(new Error('broken')),
      () => {},
    );
    await expect(pausable.run(new AbortController().signal)).rejects.toThrow('broken');
  });
});
