// Which figures of a bench are within their limits.

/**
 * @param {Readonly<Record<string, number>>} figures
 * @param {Readonly<Record<string, number>>} limits The greatest value that some of them may have.
 * @returns {{ limits: Readonly<Record<string, number>>, missed: string[], within_limits: boolean }} A figure
 *   that is not there is missed.
 */
export function judge(figures, limits) {
  const missed = Object.entries(limits)
    .filter(([name, limit]) => !((figures[name] ?? Infinity) <= limit))
    .map(([name]) => name);
  return { limits, missed, within_limits: missed.length === 0 };
}
