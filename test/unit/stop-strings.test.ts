import { describe, expect, it } from 'vitest';
import { StopStrings } from '../../workers/engines/stop-strings';

/** The texts shown for the tokens, one entry for each step, and the rest at the end. */
function show(strings: readonly string[], tokens: readonly string[]) {
  const stops = new StopStrings(strings);
  const steps: (readonly string[])[] = [];
  for (const token of tokens) {
    steps.push(stops.add(token));
    if (stops.found) break;
  }
  return { steps, rest: stops.rest(), found: stops.found };
}

describe('StopStrings', () => {
  it('passes everything through at once if there are none', () => {
    expect(show([], ['a', '', 'b']).steps).toEqual([['a'], [''], ['b']]);
  });

  it('ends before a stop string inside one token', () => {
    expect(show(['.'], ['Par', 'is. And'])).toEqual({
      steps: [['Par'], ['is']],
      rest: [],
      found: true,
    });
  });

  it('never shows a stop string that is spread over tokens, nor a part of it', () => {
    expect(show(['User:'], ['Yes\n', 'Us', 'er', ': no'])).toEqual({
      steps: [['Yes\n'], [], [], ['', '', '']],
      rest: [],
      found: true,
    });
  });

  it('releases text that only looked like one, a text for each token', () => {
    expect(show(['User:'], ['Us', 'ing', ' it']).steps).toEqual([[], ['Us', 'ing'], [' it']]);
  });

  it('releases held text when the answer ends otherwise', () => {
    expect(show(['User:'], ['ok ', 'User'])).toEqual({
      steps: [['ok '], []],
      rest: ['User'],
      found: false,
    });
  });

  it('finds one that restarts within its own beginning', () => {
    const { steps, found } = show(['aab'], ['a', 'a', 'a', 'b']);
    expect(steps.flat().join('')).toBe('a');
    expect(found).toBe(true);
  });

  it('takes the one that comes first of several', () => {
    expect(show(['two', 'one'], ['zero one two']).steps).toEqual([['zero ']]);
  });

  it('shows exactly the text before the first stop string, however it is split', () => {
    const text = 'ab abc aab\nabab abcd the end';
    for (const stop of ['abcd', 'b\na', 'aab', 'end', 'none']) {
      const before = text.includes(stop) ? text.slice(0, text.indexOf(stop)) : text;
      for (let size = 1; size <= 7; size += 1) {
        const tokens = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const { steps, rest } = show([stop], tokens);
        expect([...steps.flat(), ...rest].join('')).toBe(before);
      }
    }
  });
});
