import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/protocol/errors';
import { stallWatch, withRetries } from '../../workers/download/retry';

const never = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Fails with each of the errors in turn, then succeeds; counts the calls. */
function failing(...errors: Error[]) {
  const work = vi.fn(() => {
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve('done');
  });
  return work;
}

describe('withRetries', () => {
  it.each([
    new AppError('download-incomplete'),
    new AppError('download-failed', { status: 503 }),
    new AppError('download-failed', { status: 429 }),
    new AppError('download-failed'),
  ])('tries again after %s', async (error) => {
    const work = failing(error);
    const result = withRetries(work, never);
    await vi.runAllTimersAsync();
    expect(await result).toBe('done');
    expect(work).toHaveBeenCalledTimes(2);
  });

  it.each([
    new AppError('download-failed', { status: 404 }),
    new AppError('model-damaged'),
    new TypeError('undefined is not a function'),
    new DOMException('', 'QuotaExceededError'),
  ])('does not after %s', async (error) => {
    const work = failing(error);
    await expect(withRetries(work, never)).rejects.toBe(error);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('does not retry while offline', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const work = failing(new AppError('download-failed'));
    await expect(withRetries(work, never)).rejects.toMatchObject({
      code: 'download-failed',
    });
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('gives up after five attempts, each wait longer than the last', async () => {
    const fault = () => new AppError('download-failed');
    const work = failing(fault(), fault(), fault(), fault(), fault());
    const result = withRetries(work, never).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0.5 * (500 + 1000 + 2000 + 4000) - 1);
    expect(work.mock.calls.length).toBeLessThan(5);
    await vi.runAllTimersAsync();
    expect(await result).toMatchObject({ code: 'download-failed' });
    expect(work).toHaveBeenCalledTimes(5);
  });

  it('ends its wait when it is aborted', async () => {
    const controller = new AbortController();
    const work = failing(new AppError('download-failed'));
    const result = withRetries(work, controller.signal).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1);
    controller.abort(new AppError('aborted'));
    expect(await result).toMatchObject({ code: 'aborted' });
    expect(work).toHaveBeenCalledTimes(1);
  });
});

describe('stallWatch', () => {
  it('aborts after silence, and not while something moves', () => {
    const stall = stallWatch(never, 1000);
    vi.advanceTimersByTime(900);
    stall.moved();
    vi.advanceTimersByTime(900);
    expect(stall.signal.aborted).toBe(false);
    vi.advanceTimersByTime(100);
    expect(stall.signal.reason).toMatchObject({ code: 'download-failed' });
  });
});
