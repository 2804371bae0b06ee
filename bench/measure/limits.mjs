// Compares a bench's results with their limits.

/**
 * @param {Readonly<Record<string, number>>} figures
 * @param {Readonly<Record<string, number>>} limits The maximum of some of them.
 * @returns {{ limits: Readonly<Record<string, number>>, missed: string[], within_limits: boolean }} A missing
 * result counts as missed.
 */
export function judge(figures, limits) {
  const missed = Object.entries(limits)
    .filter(([name, limit]) => !((figures[name] ?? Infinity) <= limit))
    .map(([name]) => name);
  return { limits, missed, within_limits: missed.length === 0 };
}
