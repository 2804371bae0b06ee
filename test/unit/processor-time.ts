/** Measures the processor time of some work, and how it grows with the input. */
import { expect } from 'vitest';

/** Processor time of the process, which excludes other work on the machine. */
export function costMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What a garbage collection or a compilation may add to one measurement. */
const slackMs = 60;

/**
 * For four times the input, linear work takes about four times as long, quadratic work sixteen times. The
 * fastest of three runs counts.
 */
export function expectLinear(workOf: (size: number) => () => void, size: number): void {
  const quickest = (work: () => void) => Math.min(costMs(work), costMs(work), costMs(work));
  const [one, four] = [workOf(size), workOf(4 * size)];
  one(); // compiled
  expect(quickest(four)).toBeLessThan(9 * quickest(one) + slackMs);
}
