import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../../src/core/markdown/document.ts';
import { costMs } from '../processor-time.ts';

/** Reads a text that is complete, and one that grows by a few tokens at its end. */
function read(text: string): void {
  new MarkdownDocument().update(text, false);
  const document = new MarkdownDocument();
  for (let more = 0; more < 5; more++) document.update(`${text}${'x'.repeat(more)}`, true);
}

describe('the time to read an answer', () => {
  it.each([
    ['a heading with spaces inside', `# a${' '.repeat(99_000)}x`],
    ['a heading of marks', `# a ${'# '.repeat(49_000)}x`],
    ['a line with spaces at its end', `a${' '.repeat(20_000)}`],
    ['code with a line of spaces', `\`\`\`\n${' '.repeat(20_000)}x`],
    ['a formula with points', `$$\n${'. '.repeat(49_000)}x`],
    ['lines of spaces behind a formula', `$$\nx\n${'   \n'.repeat(20_000)}`],
    ['a line of backticks', 'a ' + '` `` ``` '.repeat(10_000)],
    ['lines that may open code', 'a ```b\tc\n'.repeat(10_000)],
    ['lines that may open formulas', 'a $$b$ {}\n'.repeat(10_000)],
    ['an item that is indented far', `- a\n${' '.repeat(20_000)}- b`],
    ['a row of delimiters', `|a|\n|${' '.repeat(40_000)}-${'-'.repeat(40_000)}x`],
    ['quote marks and spaces', `${'> '.repeat(10)}${' >'.repeat(40_000)}`],
    ['escapes', `${'\\'.repeat(50_000)}\\begin{`],
    ['marks between wide letters', '先**：'.repeat(20_000)],
  ])('is short for %s', (_, text) => {
    expect(costMs(() => read(text))).toBeLessThan(2500);
  });

  const pieces = fc.constantFrom(
    ' ',
    '\t',
    '\n',
    '>',
    '- ',
    '1. ',
    '#',
    '`',
    '```',
    '~~~',
    '$',
    '$$',
    '\\',
    '\\[',
    '\\]',
    '|',
    '|-',
    '*',
    '_',
    '~~',
    '[',
    '](',
    ')',
    'http://',
    '.',
    ':',
    '&',
    '<',
    'a',
    '：',
    '先',
    '\\begin{align}',
    '\\end{align}',
    '\\text{',
    '{',
    '}',
    ', ',
    '5 ',
    '\n\n',
    '\n  ',
    '  \n',
  );
  /** A few pieces again and again: what takes the square of the length takes minutes. */
  const repeated = fc
    .tuple(
      fc.array(pieces, { maxLength: 3 }),
      fc.array(pieces, { minLength: 1, maxLength: 3 }),
      fc.array(pieces, { maxLength: 3 }),
    )
    .map(([head, unit, tail]) => {
      const long = unit.join('');
      return head.join('') + long.repeat(Math.ceil(99_000 / long.length)) + tail.join('');
    });

  it('is short for any few marks again and again', () => {
    fc.assert(
      fc.property(repeated, (text) => {
        expect(costMs(() => read(text))).toBeLessThan(5000);
      }),
      { numRuns: 25, interruptAfterTimeLimit: 45_000 },
    );
  });
});
