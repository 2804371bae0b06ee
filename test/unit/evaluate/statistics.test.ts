import { describe, expect, it } from 'vitest';
import { type Comparison, bradleyTerry, fit, wilson } from '../../../src/core/evaluate/statistics';
import { median } from '../../../src/core/evaluate/speed';

describe('Wilson’s interval', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is Newcombe’s for %i of %i', (passed, total, low, high) => {
    const interval = wilson(passed, total);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  // codegolf.stackexchange.com/questions/105389, test cases with z = 1.96.
  it.each([
    [1, 2, 0.09452865480086611, 0.905471345199134],
    [10, 11, 0.6226353745137962, 0.9837682477371741],
    [25, 100, 0.17545094003724265, 0.3430464637007583],
    [100, 100, 0.9630051925239981, 1],
  ])('is the published one for %i of %i at z = 1.96', (passed, total, low, high) => {
    const interval = wilson(passed, total, 1.96);
    expect(interval?.low).toBeCloseTo(low, 12);
    expect(interval?.high).toBeCloseTo(high, 12);
  });

  it('is null for no items', () => {
    expect(wilson(0, 0)).toBeNull();
  });
});

function votes(first: string, second: string, won: number, lost: number): Comparison[] {
  const one = (share: number) => ({ first, second, share });
  return [...Array<number>(won).fill(1), ...Array<number>(lost).fill(0)].map(one);
}

describe('Bradley and Terry’s ratings', () => {
  // Agresti, Categorical Data Analysis (2002), p. 448; fitted in Turner and Firth, J. Stat. Software 48
  // (2012), section 2.1, with Biometrika as the reference.
  it('match the published ones for citations among four journals', () => {
    const journals = ['Biometrika', 'Comm Statist', 'JASA', 'JRSS-B'];
    const cited = [
      [714, 730, 498, 221],
      [33, 425, 68, 17],
      [320, 813, 1072, 142],
      [284, 276, 325, 188],
    ];
    const comparisons = journals.flatMap((one, i) =>
      journals
        .slice(i + 1)
        .flatMap((other, k) => votes(one, other, cited[i]![i + 1 + k]!, cited[i + 1 + k]![i]!)),
    );
    const { strengths, covariance: c } = fit(comparisons, Infinity);
    const differences = strengths.map((theta) => theta - strengths[0]!);
    const errors = c.map((row, k) => Math.sqrt(c[0]![0]! + row[k]! - 2 * c[0]![k]!));
    [0, -2.94907, -0.47957, 0.26895].forEach((value, k) =>
      expect(differences[k]).toBeCloseTo(value, 4),
    );
    [0.10255, 0.06059, 0.07083].forEach((value, k) => expect(errors[k + 1]).toBeCloseTo(value, 4));
  });

  it('differ by the odds, on Elo’s scale', () => {
    const [best, other] = bradleyTerry(votes('a', 'b', 10_000, 1000), Infinity);
    expect(best?.id).toBe('a');
    expect(best!.rating - other!.rating).toBeCloseTo(400, 6);
    expect(best!.rating + other!.rating).toBeCloseTo(2000, 6);
  });

  it('stay finite for one who never lost, and wide for few votes', () => {
    const [best] = bradleyTerry(votes('a', 'b', 3, 0));
    expect(best?.rating).toBeGreaterThan(1000);
    expect(best?.low).toBeLessThan(1000);
    const many = bradleyTerry(votes('a', 'b', 60, 40))[0]!;
    const few = bradleyTerry(votes('a', 'b', 6, 4))[0]!;
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
    expect(many.votes).toBe(100);
  });

  it('are equal after ties only, and empty without votes', () => {
    const tie = { first: 'a', second: 'b', share: 0.5 };
    expect(bradleyTerry([tie, tie]).map(({ rating }) => rating)).toEqual([1000, 1000]);
    expect(bradleyTerry([])).toEqual([]);
  });
});

describe('the median', () => {
  it('is the middle one, or between the middle two', () => {
    expect(median([3, null, 1, 2])).toBe(2);
    expect(median([4, 1])).toBe(2.5);
    expect(median([null])).toBeNull();
  });
});
