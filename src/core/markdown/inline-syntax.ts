/** Parses emphasis, code, line breaks and bare addresses in this dialect: HTML is text. */
import { InlineContext, type MarkdownConfig } from '@lezer/markdown';
import { bareAddressAt } from './bare-address';
import { bounds } from './bounds';
import { emphasisSides } from './emphasis';
import { inlineCodeEnd } from './fence-syntax';

const asterisk = 42;
const underscore = 95;
const backtick = 96;
const backslash = 92;
const newline = 10;
const lessThan = 60;

const tilde = 126;
const strike = { resolve: 'Strikethrough', mark: 'StrikethroughMark' };

const angleAddress =
  /^<((?:https?|mailto):[^\s<>]+|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d.-]*[a-z\d])?)>/i;

export const inlineSyntax: MarkdownConfig = {
  defineNodes: ['LineBreak', 'BareAddress'],
  parseInline: [
    {
      name: 'Emphasis',
      parse(cx, next, start) {
        if (next !== asterisk && next !== underscore) return -1;
        let end = start + 1;
        while (cx.char(end) === next) end++;
        const { opens, closes } = emphasisSides(cx.text, start - cx.offset, end - cx.offset);
        const type =
          next === asterisk ? InlineContext.emphasisAsterisk : InlineContext.emphasisUnderscore;
        return cx.addDelimiter(type, start, end, opens, closes);
      },
    },
    {
      name: 'Strikethrough',
      parse(cx, next, start) {
        const isTwo = cx.char(start + 1) === tilde && cx.char(start + 2) !== tilde;
        if (next !== tilde || !isTwo || cx.char(start - 1) === tilde) return -1;
        const { opens, closes } = emphasisSides(cx.text, start - cx.offset, start - cx.offset + 2);
        return cx.addDelimiter(strike, start, start + 2, opens, closes);
      },
    },
    {
      name: 'InlineCode',
      parse(cx, next, start) {
        if (next !== backtick || cx.char(start - 1) === backtick) return -1;
        let from = start + 1;
        while (cx.char(from) === backtick) from++;
        const end = inlineCodeEnd(cx.text, start - cx.offset, from - start);
        if (end < 0) return -1;
        const to = cx.offset + end;
        return cx.addElement(
          cx.elt('InlineCode', start, to, [
            cx.elt('CodeMark', start, from),
            cx.elt('CodeMark', to - (from - start), to),
          ]),
        );
      },
    },
    {
      // Replaces HTML, of which only `<br>` is read: models put it into tables.
      name: 'HTMLTag',
      parse(cx, next, start) {
        if (next !== lessThan) return -1;
        const text = cx.slice(start, start + bounds.linkCharacters);
        const [lineBreak] = /^<br *\/?>/i.exec(text) ?? [];
        if (lineBreak) return cx.addElement(cx.elt('LineBreak', start, start + lineBreak.length));
        const [whole] = angleAddress.exec(text) ?? [];
        if (!whole) return -1;
        return cx.addElement(cx.elt('Autolink', start, start + whole.length));
      },
    },
    {
      // Each new line of an answer is a line break, as in other chat apps.
      name: 'HardBreak',
      parse(cx, next, start) {
        if (next === newline) return cx.addElement(cx.elt('LineBreak', start, start + 1));
        if (next !== backslash || cx.char(start + 1) !== newline) return -1;
        return cx.addElement(cx.elt('LineBreak', start, start + 2));
      },
    },
    {
      name: 'BareAddress',
      parse(cx, next, start) {
        // h, H, w, W
        if (next !== 104 && next !== 72 && next !== 119 && next !== 87) return -1;
        const address = bareAddressAt(cx.text, start - cx.offset);
        if (address === null || cx.hasOpenLink) return -1;
        return cx.addElement(cx.elt('BareAddress', start, start + address.length));
      },
    },
  ],
};
