import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf, longestEnd } from '../../../src/core/chat/message-end';

describe('endOf', () => {
  it('begins with a whole word', () => {
    expect(endOf('one two three', 8)).toBe('three');
    expect(endOf('one two three', 5)).toBe('three');
    expect(endOf('one two three', 100)).toBe('one two three');
  });

  it('cuts text without spaces anywhere, but never a character', () => {
    expect(endOf('abcdef', 3)).toBe('def');
    expect(endOf('🦙🦙', 3)).toBe('🦙');
  });

  it('is an end of the text, whole and no longer than wanted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, characters) => {
        const end = endOf(text, characters);
        expect(text.endsWith(end)).toBe(true);
        expect(end.length).toBeLessThanOrEqual(Math.max(characters, 0));
        expect(end.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('longestEnd', () => {
  it('finds nearly all that fits, with few trials', async () => {
    const text = 'a llama '.repeat(6250).trim();
    let trials = 0;
    const fits = (end: string) => {
      trials += 1;
      return Promise.resolve(end.length <= 7000);
    };
    for (const share of [0.01, 0.14, 0.9]) {
      trials = 0;
      const end = await longestEnd(text, share, fits);
      expect(end.length).toBeLessThanOrEqual(7000);
      expect(end.length).toBeGreaterThan(6500);
      expect(trials).toBeLessThanOrEqual(8);
    }
  });

  it('is empty if nothing fits', async () => {
    expect(await longestEnd('a llama', 0.5, () => Promise.resolve(false))).toBe('');
  });
});
