/** Parses block and inline formulas, with the marks of `formula-marks.ts`. */
import type { BlockContext, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';
import { bounds } from './bounds';
import { openTexts } from './fence-syntax';
import { dollarFormulaEnd, continuesFormula, markedFormulaEnd, openerAt } from './formula-marks';
import { lineDepth } from './lezer-internals';
import { beginsItem } from './list-syntax';

const dollar = 36;
const backslash = 92;

function readInline(cx: InlineContext, next: number, pos: number): number {
  if (next !== dollar && next !== backslash) return -1;
  const at = pos - cx.offset;
  const opener = openerAt(cx.text, at);
  if (!opener && next !== dollar) return -1;
  const end = opener ? markedFormulaEnd(cx.text, at) : dollarFormulaEnd(cx.text, at);
  if (typeof end !== 'number' || end < 0) return -1;
  const display = opener !== null && opener.mark !== '\\(';
  return cx.addElement(cx.elt(display ? 'DisplayFormula' : 'Formula', pos, cx.offset + end));
}

/** Skips punctuation after a formula that ends a sentence. */
function pointAfter(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  while ('.,;:'.includes(text[at] ?? ' ')) at++;
  return at;
}

/** Whether a line begins a display formula: nothing follows its end on that line. */
function startsBlock(text: string): boolean {
  const opener = openerAt(text, 0);
  if (!opener || opener.mark === '\\(') return false;
  const end = text.indexOf(opener.close, opener.mark.length);
  if (end < 0) return true;
  const after = pointAfter(text, end + opener.close.length);
  return end > opener.mark.length && text.slice(after).trim() === '';
}

/** Where a formula of several lines opens after text, at the text's end, or -1. */
export function formulaInLine(text: string): number {
  const end = text.trimEnd().length;
  if (!/(?:\$\$|\\\[|\})$/.test(text.slice(end - 2, end))) return -1;
  const from = text[end - 1] === '}' ? text.lastIndexOf('\\begin{', end) : end - 2;
  const opener = from > 0 ? openerAt(text, from) : null;
  if (!opener || from + opener.mark.length !== end || text[from - 1] === '\\') return -1;
  const isInText = openTexts(text).some(({ from: open, to }) => open <= from && from < to);
  if (!isInText) return -1;
  if (opener.mark !== '$$') return from;
  return text.slice(0, end).split('$$').length % 2 === 0 && text[from - 1] !== '$' ? from : -1;
}

/**
 * Reads the formula that opens at `start` of the line, and its lines. If it has no end (a sentence or too many
 * characters come first), it is text. Returns where text continues in the line.
 */
export function readFormula(cx: BlockContext, line: Line, start: number): number | null {
  const from = cx.lineStart + start;
  const opener = openerAt(line.text, start);
  if (!opener) return null;
  const depth = Math.min(cx.depth, lineDepth(line));
  let end = line.text.indexOf(opener.close, start + opener.mark.length);
  let [to, length] = [cx.lineStart + line.text.length, line.text.length - start];
  let isAfterBlank = false;
  while (end < 0) {
    if (!cx.nextLine()) {
      to = cx.prevLineEnd();
      break;
    }
    const isBlank = line.pos === line.text.length;
    const isDedented = lineDepth(line) < depth;
    if (isDedented && (isBlank || !isListOnly(cx, line, depth) || beginsItem(line))) break;
    length += line.text.length + 1;
    if (length > bounds.formulaCharacters) break;
    if ((isAfterBlank || isDedented) && !isBlank && !continuesFormula(line.text.slice(line.pos)))
      break;
    isAfterBlank = isBlank;
    if (!isBlank) to = cx.lineStart + line.text.length;
    end = line.text.indexOf(opener.close, line.pos);
  }
  if (end < 0) {
    cx.addElement(cx.elt('PlainBlock', from, to));
    return null;
  }
  const after = pointAfter(line.text, end + opener.close.length);
  cx.addElement(cx.elt('FormulaBlock', from, cx.lineStart + after));
  if (line.text.slice(after).trim() !== '') return line.skipSpace(after);
  cx.nextLine();
  return null;
}

/** Whether the open blocks that the line leaves are lists. */
function isListOnly(cx: BlockContext, line: Line, depth: number): boolean {
  for (let at = lineDepth(line); at < depth; at++) {
    if (cx.parentType(at).name === 'Blockquote') return false;
  }
  return true;
}

export const formulaSyntax: MarkdownConfig = {
  defineNodes: [
    'Formula',
    'DisplayFormula',
    { name: 'FormulaBlock', block: true },
    { name: 'PlainBlock', block: true },
  ],
  parseInline: [{ name: 'Formula', parse: readInline, before: 'Escape' }],
};

/** Whether the line begins a display formula. */
export function beginsFormula(line: Line): boolean {
  return startsBlock(line.text.slice(line.pos));
}
