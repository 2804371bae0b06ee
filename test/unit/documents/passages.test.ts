import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageAt } from '../../../src/core/documents/document';
import { cutPassages, maxPassageCharacters } from '../../../src/core/documents/passages';

const words = fc.array(fc.constantFrom('word', 'a', '\n', '\n\n', '# ', '## ', '. ', '🙂', 'è'), {
  maxLength: 3000,
});
const texts = words.map((list) => list.join(' '));

describe('cutPassages', () => {
  it('has all that is not blank once, in order, in passages that are short enough', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(20_000), { maxLength: 5 }), (text, places) => {
        const starts = [0, ...places.filter((at) => at < text.length)].sort((a, b) => a - b);
        const passages = cutPassages(text, starts);
        let before = 0;
        let covered = '';
        for (const { from, to } of passages) {
          expect(from).toBeGreaterThanOrEqual(before);
          expect(to - from).toBeLessThanOrEqual(maxPassageCharacters);
          // None goes over the beginning of a page.
          expect(starts.some((start) => start > from && start < to)).toBe(false);
          covered += text.slice(from, to);
          before = to;
        }
        expect(covered.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
      { numRuns: 60 },
    );
  });

  it('begins one at each heading, which all below it are under', () => {
    const text = '# One\n\nfirst\n\n## Two\n\nsecond\n\nthird';
    const passages = cutPassages(text);
    expect(passages.map(({ from, to, heading }) => [heading, text.slice(from, to)])).toEqual([
      ['One', '# One\n\nfirst'],
      ['Two', '## Two\n\nsecond\n\nthird'],
    ]);
  });

  it('cuts a long paragraph behind a sentence', () => {
    const text = 'This is one sentence of some words. '.repeat(100);
    for (const { from, to } of cutPassages(text)) {
      expect(text.slice(from, to).trim().endsWith('.')).toBe(true);
    }
  });

  it('takes time that grows with the text alone', () => {
    const startMs = performance.now();
    cutPassages('word '.repeat(200_000));
    cutPassages('\n'.repeat(500_000));
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});

describe('pageAt', () => {
  it('is the page that a place is on', () => {
    expect([0, 9, 10, 19, 25].map((at) => pageAt([0, 10, 20], at))).toEqual([1, 1, 2, 2, 3]);
    expect(pageAt(undefined, 4)).toBeUndefined();
  });
});
