import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catalogue } from '../../../src/core/models/catalogue';
import type { Capabilities } from '../../../src/core/models/choose-engine';
import { builtInModel } from '../../../src/core/models/built-in';
import { llama2Models } from '../../../src/core/models/llama-2';
import { restartPlan, smallerModel } from '../../../src/core/models/restart-plan';
import { startWatchdog } from '../../../src/bridge/watchdog';

const minuteMs = 60_000;

describe('after a loss', () => {
  it('the engine starts again, later each time, and at last no more', () => {
    const delays = [1, 2, 3, 4].map((n) => restartPlan(Array<number>(n).fill(0), 0).delayMs);
    expect(delays).toEqual([1000, 2000, 4000, null]);
  });

  it('a smaller model is offered from the second one on', () => {
    expect(restartPlan([0], 0).offerSmaller).toBe(false);
    expect(restartPlan([0, 0], 0).offerSmaller).toBe(true);
  });

  it('an old one does not count', () => {
    expect(restartPlan([0, 0, 0, 20 * minuteMs], 20 * minuteMs)).toEqual({
      delayMs: 1000,
      offerSmaller: false,
    });
  });
});

describe('a smaller model', () => {
  const { sevenF16, sevenF16Short, sevenF32, sevenF32Short, tinyF16, tinyF32 } = llama2Models;
  const capabilities: Capabilities = {
    gpu: {
      state: 'ready',
      name: 'x',
      features: ['shader-f16'],
      maxBufferBytes: 2 ** 32,
      maxBindingBytes: 2 ** 32,
    },
    crossOriginIsolated: true,
    sharedMemory: true,
    cores: 8,
    isMobile: false,
  };
  const smaller = (model: (typeof catalogue)[number], device = capabilities) =>
    smallerModel(model, catalogue, device);

  it('is the same model with a shorter context, if there is one', () => {
    expect(smaller(sevenF16)).toBe(sevenF16Short);
    expect(smaller(sevenF32)).toBe(sevenF32Short);
  });

  it('is else the next smaller one that the device can run, and never Cria', () => {
    expect(smaller(sevenF16Short)).toBe(tinyF32);
    expect(smaller(tinyF32)).toBe(tinyF16);
    expect(smaller(tinyF16)).toBe(builtInModel);
    expect(smaller(builtInModel)).toBeNull();
    const noGpu: Capabilities = { ...capabilities, gpu: { state: 'no-adapter' } };
    expect(smaller(sevenF16, noGpu)).toBe(builtInModel);
  });
});

describe('a watchdog', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('calls back after the time, and only once', () => {
    const onUnresponsive = vi.fn();
    startWatchdog(60_000, onUnresponsive);
    vi.advanceTimersByTime(59_000);
    expect(onUnresponsive).not.toHaveBeenCalled();
    vi.advanceTimersByTime(120_000);
    expect(onUnresponsive).toHaveBeenCalledOnce();
  });

  it('restarts with every sign of life, and ends when stopped', () => {
    const onUnresponsive = vi.fn();
    const watch = startWatchdog(60_000, onUnresponsive);
    for (let minute = 0; minute < 5; minute += 1) {
      vi.advanceTimersByTime(50_000);
      watch.reset();
    }
    watch.stop();
    vi.advanceTimersByTime(120_000);
    expect(onUnresponsive).not.toHaveBeenCalled();
  });
});
