import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from '../../workers/engines/mask';

const logits = Float32Array.of(1, 4, 3, -2);
const none = new Map<number, number>();
const kept = (limits: object, counts = none) =>
  [...masked(logits, counts, { repeatPenalty: 1, ...limits }).entries()]
    .filter(([, logit]) => logit > -1e8)
    .map(([token]) => token);

describe('the tokens that top-k and min-p keep', () => {
  it.each([
    [{}, [0, 1, 2, 3]],
    [{ topK: 1 }, [1]],
    [{ topK: 2 }, [1, 2]],
    [{ topK: 9 }, [0, 1, 2, 3]],
    [{ minP: 1 }, [1]],
    // e⁻¹ is 0.37.
    [{ minP: 0.4 }, [1]],
    [{ minP: 0.3 }, [1, 2]],
    [{ minP: 0.3, topK: 1 }, [1]],
  ])('by %j are %j', (limits, expected) => expect(kept(limits)).toEqual(expected));

  it('are determined after the penalties', () => {
    const written = new Map([[1, 2]]);
    expect(kept({ topK: 1, presencePenalty: 1.5 }, written)).toEqual([2]);
    expect(kept({ topK: 1, frequencyPenalty: 0.4 }, written)).toEqual([1]);
    expect(kept({ topK: 1, frequencyPenalty: 0.6 }, written)).toEqual([2]);
    expect(kept({ topK: 1, repeatPenalty: 1.5 }, written)).toEqual([2]);
    expect(kept({ topK: 3, repeatPenalty: 2 }, new Map([[0, 1]]))).toEqual([0, 1, 2]);
  });

  it('always include the likeliest, with unchanged logits', () => {
    const some = fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 1 });
    const limits = fc.record({
      topK: fc.nat(20),
      minP: fc.double({ min: 0, max: 1, noNaN: true }),
      repeatPenalty: fc.constant(1),
    });
    fc.assert(
      fc.property(some, limits, (values, by) => {
        const before = Float32Array.from(values);
        const after = masked(before, none, by);
        expect(Math.max(...after)).toBe(Math.max(...before));
        for (const [at, logit] of after.entries()) {
          if (logit !== before[at]) expect(logit).toBeLessThan(-1e8);
        }
      }),
    );
  });
});
