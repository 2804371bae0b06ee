/** Reads LaTeX in an answer: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`; prices and variables stay text. */
import type { BlockContext, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';
import { bounds } from './bounds';

const dollar = 36;
const backslash = 92;

/** Where a formula ends, -1 if none begins there, or `open` if the text ends before that is known. */
export type FormulaEnd = number | 'open';

/**
 * A single dollar opens a formula only next to something that can be one: no space inside the dollars,
 * no letter or digit outside, one line; `$5 and …`, a number with words after it, is a price.
 */
export function dollarFormulaEnd(text: string, at: number): FormulaEnd {
  if (/[\w$\\]/.test(text.charAt(at - 1))) return -1;
  const isNumber = /\d/.test(text.charAt(at + 1));
  const limit = Math.min(text.length, at + bounds.spanCharacters);
  for (let i = at + 1; i < limit; i++) {
    const character = text[i] as string;
    if (character === '\n' || (i === at + 1 && /\s/.test(character))) return -1;
    if (character === '\\') i++;
    else if (character === '$') {
      if (i === at + 1 || /\s/.test(text.charAt(i - 1))) return -1;
      return /[a-z\d$]/i.test(text.charAt(i + 1)) ? -1 : i + 1;
    } else if (isNumber && /^[a-z]{2}/i.test(text.slice(i, i + 2)) && !isCommand(text, i)) {
      return -1;
    }
  }
  return limit === text.length ? 'open' : -1;
}

/** Whether the letters at `i` belong to a command such as `\times`. */
function isCommand(text: string, i: number): boolean {
  let start = i;
  while (start > 0 && /[a-z]/i.test(text.charAt(start - 1))) start--;
  return text.charAt(start - 1) === '\\';
}

/** Of `$$…$$`, `\(…\)` and `\[…\]`, which may run over lines. */
export function markedFormulaEnd(text: string, at: number): FormulaEnd {
  const close = closers[text.slice(at, at + 2)];
  if (close === undefined) return -1;
  const limit = at + bounds.formulaCharacters;
  const found = text.slice(at + 2, limit).indexOf(close);
  if (found > 0) return at + 2 + found + 2;
  return found < 0 && text.length < limit ? 'open' : -1;
}

const closers: Readonly<Record<string, string>> = { $$: '$$', '\\(': '\\)', '\\[': '\\]' };

function readInline(cx: InlineContext, next: number, pos: number): number {
  if (next !== dollar && next !== backslash) return -1;
  const at = pos - cx.offset;
  const marked = closers[cx.text.slice(at, at + 2)] !== undefined;
  if (!marked && next !== dollar) return -1;
  const end = marked ? markedFormulaEnd(cx.text, at) : dollarFormulaEnd(cx.text, at);
  if (typeof end !== 'number' || end < 0) return -1;
  const display = marked && cx.text[at + 1] !== '(';
  return cx.addElement(cx.elt(display ? 'DisplayFormula' : 'Formula', pos, cx.offset + end));
}

/** A sentence may end with the formula. */
const trailingPoint = /[\s.,;:]+$/;

/** Whether a line begins a formula that stands by itself: nothing follows its end on that line. */
function startsBlock(text: string): boolean {
  const close = closers[text.slice(0, 2)];
  if (close === undefined || text.startsWith('\\(')) return false;
  const end = text.indexOf(close, 2);
  return end < 0 || (end > 2 && text.slice(end + 2).replace(trailingPoint, '') === '');
}

/** Without its end (a blank line comes first, or too many characters) it is no formula but text. */
function readBlock(cx: BlockContext, line: Line): boolean {
  const first = line.text.slice(line.pos);
  if (!startsBlock(first)) return false;
  const from = cx.lineStart + line.pos;
  const close = closers[first.slice(0, 2)] as string;
  let closed = first.includes(close, 2);
  let length = first.length;
  const depth = cx.depth;
  while (cx.nextLine() && !closed && lineDepth(line) >= depth && line.pos < line.text.length) {
    length += line.text.length;
    if (length > bounds.formulaCharacters) break;
    closed = line.text.replace(trailingPoint, '').endsWith(close);
  }
  const to = cx.prevLineEnd();
  cx.addElement(cx.elt(closed ? 'FormulaBlock' : 'PlainBlock', from, to));
  return true;
}

/** Lezer keeps it internal, yet its own block parsers look at it: a line outside the block has less. */
function lineDepth(line: Line): number {
  return (line as unknown as { depth: number }).depth;
}

export const formulaSyntax: MarkdownConfig = {
  defineNodes: [
    'Formula',
    'DisplayFormula',
    { name: 'FormulaBlock', block: true },
    { name: 'PlainBlock', block: true },
  ],
  parseInline: [{ name: 'Formula', parse: readInline, before: 'Escape' }],
  parseBlock: [
    {
      name: 'FormulaBlock',
      parse: readBlock,
      endLeaf: (_, line) => startsBlock(line.text.slice(line.pos)),
      before: 'FencedCode',
    },
  ],
};
