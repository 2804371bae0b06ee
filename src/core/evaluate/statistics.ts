/** Statistics of few items: ratings from pairwise votes, and the confidence interval of a share. */

/** One vote; `share` is the first one's score: 1 won, 0 lost, 0.5 a tie. */
export interface Comparison {
  readonly first: string;
  readonly second: string;
  readonly share: number;
}

export interface Rating {
  readonly id: string;
  /** On Elo's scale: 400 points are odds of ten to one, and the ratings average 1000. */
  readonly rating: number;
  /** A 95 % interval. */
  readonly low: number;
  readonly high: number;
  readonly votes: number;
}

/**
 * The standard deviation of log-odds that is expected before any vote. It keeps the rating of a contestant who
 * never lost finite; after a dozen votes it hardly counts.
 */
const priorSpread = 1.5;
const eloPerLogOdds = 400 / Math.LN10;

/**
 * Bradley and Terry, Biometrika 39 (1952): P(i beats j) = 1 / (1 + exp(θj − θi)); a tie is half a win for each.
 * Newton's method finds the most likely θ with a normal prior around zero; the intervals are Laplace's, from
 * the inverse of the Hessian. A `spread` of Infinity means no prior; then every contestant must have won and
 * lost, only differences are determined, and θ averages zero.
 */
export function bradleyTerry(
  comparisons: readonly Comparison[],
  spread = priorSpread,
): readonly Rating[] {
  const { ids, strengths, covariance } = fit(comparisons, spread);
  return ids
    .map((id, index): Rating => {
      const rating = 1000 + eloPerLogOdds * strengths[index]!;
      const margin = eloPerLogOdds * z95 * Math.sqrt(covariance[index]![index]!);
      const votes = comparisons.filter(({ first, second }) => first === id || second === id).length;
      return { id, rating, low: rating - margin, high: rating + margin, votes };
    })
    .sort((a, b) => b.rating - a.rating);
}

export interface Fit {
  readonly ids: readonly string[];
  /** Log-odds θ, in the order of `ids`. */
  readonly strengths: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

export function fit(comparisons: readonly Comparison[], spread: number): Fit {
  const ids = [...new Set(comparisons.flatMap(({ first, second }) => [first, second]))].sort();
  const pairs = comparisons.map(({ first, second, share }) => ({
    i: ids.indexOf(first),
    j: ids.indexOf(second),
    share,
  }));
  const precision = 1 / spread ** 2;
  // Without a prior the zero of the scale is free; this fixes the mean and changes no difference.
  const anchor = precision === 0 ? 1 : 0;
  let strengths = ids.map(() => 0);
  let covariance: number[][] = [];
  for (let step = 0; step < 100; step += 1) {
    const gradient = strengths.map((theta) => -precision * theta);
    const hessian = ids.map((_, a) => ids.map((_, b) => (a === b ? precision : 0) + anchor));
    for (const { i, j, share } of pairs) {
      const p = 1 / (1 + Math.exp(strengths[j]! - strengths[i]!));
      gradient[i]! += share - p;
      gradient[j]! -= share - p;
      const weight = p * (1 - p);
      hessian[i]![i]! += weight;
      hessian[j]![j]! += weight;
      hessian[i]![j]! -= weight;
      hessian[j]![i]! -= weight;
    }
    covariance = inverse(hessian);
    const move = covariance.map((row) => row.reduce((sum, c, k) => sum + c * gradient[k]!, 0));
    // A full Newton step can overshoot while the votes are few.
    const longest = Math.max(1, ...move.map(Math.abs));
    strengths = strengths.map((theta, k) => theta + move[k]! / longest);
    if (move.every((value) => Math.abs(value) < 1e-10)) break;
  }
  return { ids, strengths, covariance };
}

/** Inverts a symmetric positive definite matrix by Gauss–Jordan elimination. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, a) => [...row, ...row.map((_, b) => (a === b ? 1 : 0))]);
  for (let column = 0; column < n; column += 1) {
    const pivot = work[column]!;
    const scale = pivot[column]!;
    for (let k = 0; k < 2 * n; k += 1) pivot[k]! /= scale;
    for (const [row, values] of work.entries()) {
      const factor = values[column]!;
      if (row === column || factor === 0) continue;
      for (let k = 0; k < 2 * n; k += 1) values[k]! -= factor * pivot[k]!;
    }
  }
  return work.map((row) => row.slice(n));
}

/** The confidence interval of a share that was counted on few items. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal distribution's 97.5 % quantile, for 95 % intervals. */
const z95 = 1.959963984540054;

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
