import { describe, expect, it } from 'vitest';
import { transferRate } from '../../../src/core/models/transfer-rate';

describe('transferRate', () => {
  it('does not know the speed from one sample', () => {
    expect(transferRate().add(10, 100, 0)).toEqual({ bytesPerSecond: 0 });
  });

  it('gives bytes a second and the seconds left', () => {
    const rate = transferRate();
    rate.add(0, 100, 0);
    expect(rate.add(20, 100, 1000)).toEqual({ bytesPerSecond: 20, secondsLeft: 4 });
  });

  it('does not count what an earlier download left', () => {
    const rate = transferRate();
    rate.add(50, 100, 0);
    expect(rate.add(60, 100, 1000).bytesPerSecond).toBe(10);
  });

  it('forgets values older than a few seconds', () => {
    const rate = transferRate();
    rate.add(0, 1000, 0);
    rate.add(500, 1000, 1000);
    rate.add(510, 1000, 5000);
    expect(rate.add(520, 1000, 6000).bytesPerSecond).toBe(10);
  });
});
