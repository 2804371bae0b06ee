/** How much processor time some work takes, and how that grows with its input. */
import { expect } from 'vitest';

/** Processor time of the process, which other work on the machine does not count towards. */
export function costMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What a collection of garbage or a compilation may add to one measurement. */
const slackMs = 60;

/**
 * Four times the input may take about four times as long, not the sixteen times of what takes the square of
 * its length. The quickest of three runs counts.
 */
export function expectLinear(workOf: (size: number) => () => void, size: number): void {
  const quickest = (work: () => void) => Math.min(costMs(work), costMs(work), costMs(work));
  const [one, four] = [workOf(size), workOf(4 * size)];
  one(); // compiled
  expect(quickest(four)).toBeLessThan(9 * quickest(one) + slackMs);
}
