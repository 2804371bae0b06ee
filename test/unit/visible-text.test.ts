import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/core/visible-text';
import { expectLinear } from './processor-time';

describe('a text that somebody else hands in', () => {
  it.each([
    ['tags', 'a\u{e0049}\u{e0067}\u{e006e}\u{e006f}\u{e0072}\u{e0065}b'],
    ['tags behind a flag', '🏴\u{e0075}\u{e0073}\u{e0063}\u{e0061}\u{e007f}', '🏴'],
    ['variation selectors', 'a\ufe00\ufe0f\u{e0100}\u{e01ef}b'],
    ['variation selectors behind an emoji', '😀\ufe0f\ufe0f\ufe01\u{e0150}', '😀\ufe0f'],
    ['zero width spaces and word joiners', 'a\u200b\u2060\ufeffb'],
    ['joiners between Latin letters', 'a\u200d\u200cb'],
    ['joiners one after the other', 'می\u200c\u200d\u200cخواهم', 'می\u200cخواهم'],
    ['marks of direction', 'a\u202e\u2066\u200f\u061cb'],
    ['soft hyphens', 'a\u00adb'],
    ['invisible operators', 'a\u2061\u2062\u2063\u2064b'],
    ['fillers', 'a\u3164\uffa0\u115f\u2800b'],
    ['controls', 'a\u0007\u001b\u0085b'],
  ])('loses %s', (_, text, left = 'ab') => expect(visibleText(text)).toBe(left));

  it.each([
    ['a family', '👨‍👩‍👧‍👦'],
    ['a woman with a skin tone and a job', '👩🏽‍🚒'],
    ['a heart', '❤\ufe0f'],
    ['the rainbow flag', '🏳\ufe0f‍🌈'],
    ['a keycap', '1\ufe0f\u20e3'],
    ['Scotland’s flag', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}!'],
    ['Persian', 'می‌خواهم'],
    ['Hindi with a joiner', 'क्‍ष'],
    ['Sinhala', 'ශ්‍රී'],
    ['Mongolian with a variant', 'ᠭ\u180bᠠ'],
    ['the end of an ayah', '\u06dd٣'],
    ['tabs and lines', 'a\tb\nc'],
    ['accents', 'e\u0301 ñ'],
  ])('keeps %s', (_, text) => expect(visibleText(text)).toBe(text));

  it('is the same when it is cleaned again, and takes no longer than it is long', () => {
    const marks = fc.constantFrom(
      '\u200d',
      '\u200c',
      '\ufe0f',
      '\u{1f3f4}',
      '\u{e0067}',
      '\u{e007f}',
      '😀',
      '🏽',
      'a',
      'م',
      '1',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(marks), (all) => {
        const once = visibleText(all.join(''));
        expect(visibleText(once)).toBe(once);
      }),
    );
    for (const unit of ['\u200d', '😀\u200d', '🏴\u{e0067}', '\u{e0067}', 'م\u200c']) {
      expectLinear((size) => {
        const text = unit.repeat(size);
        return () => void visibleText(text);
      }, 10_000);
    }
  });
});
