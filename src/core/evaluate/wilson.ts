/** The confidence interval of a share that was counted on few items. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal distribution's 97.5 % quantile, for 95 % intervals. */
export const z95 = 1.959963984540054;

/**
 * Wilson's score interval for `passed` of `total`, as shares from 0 to 1, without continuity correction;
 * null for no items. E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 22 (1927); method 3 in R. G. Newcombe, Statistics in Medicine 17 (1998).
 */
export function wilson(passed: number, total: number, z = z95): Interval | null {
  if (total <= 0) return null;
  const share = passed / total;
  const middle = share + z ** 2 / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  const scale = 1 + z ** 2 / total;
  // Rounding must not move 0 of n, or n of n, off the end of the scale.
  return {
    low: passed === 0 ? 0 : Math.max(0, (middle - spread) / scale),
    high: passed === total ? 1 : Math.min(1, (middle + spread) / scale),
  };
}
