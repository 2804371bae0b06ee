/** How this dialect reads emphasis, code, line breaks and bare addresses: HTML is text. */
import { InlineContext, type MarkdownConfig } from '@lezer/markdown';
import { bounds } from './bounds';

const asterisk = 42;
const underscore = 95;
const backtick = 96;
const backslash = 92;
const newline = 10;
const lessThan = 60;

/** Between ASCII letters or digits an asterisk opens nothing: 2*3*4 stays as it was written. */
export function opensEmphasis(text: string, from: number, to: number): boolean {
  const before = text.charAt(from - 1);
  const after = text.charAt(to);
  if (after === '' || /\s/.test(after)) return false;
  if (/[a-z\d]/i.test(before) && /[a-z\d]/i.test(after)) return false;
  const isLeftFlanking = !isPunctuation(after) || before === '' || /[\s\p{S}\p{P}]/u.test(before);
  if (!isLeftFlanking) return false;
  return text[from] === '*' || !isRightFlanking(before, after) || isPunctuation(before);
}

function closesEmphasis(text: string, from: number, to: number): boolean {
  const before = text.charAt(from - 1);
  const after = text.charAt(to);
  if (!isRightFlanking(before, after)) return false;
  if (text[from] === '*') return true;
  const isLeftFlanking =
    after !== '' &&
    !/\s/.test(after) &&
    (!isPunctuation(after) || /^$|[\s\p{S}\p{P}]/u.test(before));
  return !isLeftFlanking || isPunctuation(after);
}

function isRightFlanking(before: string, after: string): boolean {
  if (before === '' || /\s/.test(before)) return false;
  return !isPunctuation(before) || after === '' || /[\s\p{S}\p{P}]/u.test(after);
}

function isPunctuation(character: string): boolean {
  return /[\p{S}\p{P}]/u.test(character);
}

/** Where inline code that opens at `at` ends, or -1. */
function codeEnd(text: string, at: number, size: number): number {
  const limit = Math.min(text.length, at + bounds.spanCharacters);
  for (let i = at + size; i < limit; i++) {
    if (text.charCodeAt(i) !== backtick) continue;
    const from = i;
    while (text.charCodeAt(i + 1) === backtick) i++;
    if (i + 1 - from === size) return i + 1;
  }
  return -1;
}

/** An address in running text, up to what more probably ends the sentence. */
const bareAddress = /^(?:https?:\/\/|www\.)[^\s<>`*|\\]+/i;

export function bareAddressAt(text: string, at: number): string | null {
  if (/[\w/@.$]/.test(text.charAt(at - 1))) return null;
  let [address] = bareAddress.exec(text.slice(at, at + bounds.linkCharacters)) ?? [''];
  for (;;) {
    const last = address.at(-1) ?? '';
    const isLoose =
      '.,;:!?\'"_~$'.includes(last) ||
      (last === ')' && address.split(')').length > address.split('(').length) ||
      (last === ']' && address.split(']').length > address.split('[').length);
    if (last === '' || !isLoose) break;
    address = address.slice(0, -1);
  }
  return /^(?:https?:\/\/|www\.)[^./]/i.test(address) ? address : null;
}

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
        const [from, to] = [start - cx.offset, end - cx.offset];
        return cx.addDelimiter(
          next === asterisk ? InlineContext.emphasisAsterisk : InlineContext.emphasisUnderscore,
          start,
          end,
          opensEmphasis(cx.text, from, to),
          closesEmphasis(cx.text, from, to),
        );
      },
    },
    {
      name: 'InlineCode',
      parse(cx, next, start) {
        if (next !== backtick || cx.char(start - 1) === backtick) return -1;
        let from = start + 1;
        while (cx.char(from) === backtick) from++;
        const end = codeEnd(cx.text, start - cx.offset, from - start);
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
      // In place of HTML, of which only a break is read: models put it into tables.
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
      // People see every new line of an answer as one, as chat apps show them.
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
