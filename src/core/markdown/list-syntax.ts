/**
 * Parses lists as models write them: a line that is indented more than an item's mark belongs to the item,
 * where CommonMark requires the indent of the item's text.
 */
import type { BlockContext, BlockParser, Line, MarkdownConfig } from '@lezer/markdown';
import { lineDepth, openBlocks, type OpenBlock, type SkipMarks } from './lezer-internals';

const tab = 9;
const space = 32;
const point = 46;
const parenthesis = 41;

/** The longest number that may interrupt a paragraph; a longer one is probably a year. */
const maxDigits = 3;
/** The indent at which text that is not a list belongs to the item: a single space is often a slip. */
const textIndent = 2;

const isSpace = (code: number) => code === space || code === tab;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** The length of a bullet mark, or -1. */
function bulletSize(line: Line): number {
  const { next, pos, text } = line;
  const isMark = next === 42 || next === 43 || next === 45;
  if (!isMark || (pos + 1 < text.length && !isSpace(text.charCodeAt(pos + 1)))) return -1;
  return isRule(line) ? -1 : 1;
}

function isRule({ next, pos, text }: Line): boolean {
  let marks = 0;
  for (let at = pos; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === next) marks++;
    else if (!isSpace(code)) return false;
  }
  return marks >= 3;
}

/** The length of a numbered mark, or -1. */
function numberSize({ pos, text }: Line): number {
  let at = pos;
  while (isDigit(text.charCodeAt(at))) at++;
  const end = text.charCodeAt(at);
  if (at === pos || at - pos > 9 || (end !== point && end !== parenthesis)) return -1;
  if (at + 1 < text.length && !isSpace(text.charCodeAt(at + 1))) return -1;
  return at + 1 - pos;
}

function markSize(line: Line): number {
  return Math.max(bulletSize(line), numberSize(line));
}

/** Whether the line begins an item in any position: not a year, and not a mark alone. */
export function beginsItem(line: Line): boolean {
  const size = markSize(line);
  const isEmpty = line.skipSpace(line.pos + size) === line.text.length;
  return size > 0 && size <= maxDigits + 1 && !isEmpty;
}

/** The column at which the content of the innermost quote begins; the columns of items count from there. */
function quoteColumn(cx: BlockContext, line: Line): number {
  let mark = line.markers.at(-1)?.from ?? -1;
  // A quote that begins on this line has no marker in it.
  openBlocks(cx).forEach(({ from }, depth) => {
    if (cx.parentType(depth).name === 'Blockquote' && from >= cx.lineStart) mark = from;
  });
  if (mark < 0) return 0;
  const to = mark + 1 - cx.lineStart;
  return line.countIndent(isSpace(line.text.charCodeAt(to)) ? to + 1 : to);
}

const widths = 64;

/** Packs the columns of an item's mark and text into the one number that an open block can hold. */
function packed(mark: number, content: number): number {
  return mark * widths + Math.min(content - mark, widths - 1);
}

const markColumn = (item: OpenBlock) => Math.floor(item.value / widths);
const contentColumn = (item: OpenBlock) => markColumn(item) + (item.value % widths);

/** Whether the line, which is not blank, belongs to the item. */
function isInItem(item: OpenBlock, cx: BlockContext, line: Line): boolean {
  const indent = line.indent - quoteColumn(cx, line) - markColumn(item);
  return indent >= textIndent || (indent > 0 && markSize(line) > 0);
}

function skipList(name: ListName): SkipMarks {
  return (list, cx, line) => {
    if (line.pos === line.text.length) return true;
    const item = openBlocks(cx)[lineDepth(line) + 1];
    if (item && isInItem(item, cx, line)) return true;
    const size = sizes[name](line);
    return size > 0 && line.text.charCodeAt(line.pos + size - 1) === list.value;
  };
}

function skipItem(item: OpenBlock, cx: BlockContext, line: Line): boolean {
  const quote = quoteColumn(cx, line);
  if (line.pos === line.text.length) {
    if (item.blankFirstLine && item.children.length === 1) return false;
    line.moveBaseColumn(quote + contentColumn(item));
    return true;
  }
  if (!isInItem(item, cx, line)) return false;
  line.moveBaseColumn(Math.min(line.indent, quote + contentColumn(item)));
  return true;
}

type ListName = 'BulletList' | 'OrderedList';

const sizes: Readonly<Record<ListName, (line: Line) => number>> = {
  BulletList: bulletSize,
  OrderedList: numberSize,
};

function readItem(name: ListName, cx: BlockContext, line: Line): boolean | null {
  const size = sizes[name](line);
  if (size < 0) return false;
  const { indent, pos, text } = line;
  if (cx.parentType().name !== name) {
    cx.startComposite(name, line.basePos, text.charCodeAt(pos + size - 1));
  }
  const quote = quoteColumn(cx, line);
  const textAt = line.skipSpace(pos + size);
  const isEmpty = textAt === text.length;
  const content = line.countIndent(isEmpty ? pos + size : textAt, pos, indent) + (isEmpty ? 1 : 0);
  cx.startComposite('ListItem', line.basePos, packed(indent - quote, content - quote));
  cx.addElement(cx.elt('ListMark', cx.lineStart + pos, cx.lineStart + pos + size));
  line.moveBaseColumn(content);
  const item = openBlocks(cx).at(-1);
  if (item) item.blankFirstLine = isEmpty;
  return null;
}

const numbered: BlockParser = {
  name: 'OrderedList',
  parse: (cx, line) => readItem('OrderedList', cx, line),
  endLeaf: (_, line) => beginsItem(line),
};

/** Indented so deep that CommonMark would read code. */
const indentedItem: BlockParser = {
  name: 'IndentedItem',
  parse(cx, line) {
    if (line.indent < line.baseIndent + 4 || !beginsItem(line)) return false;
    return readItem(bulletSize(line) > 0 ? 'BulletList' : 'OrderedList', cx, line);
  },
  before: 'IndentedCode',
};

export const listSyntax: MarkdownConfig = {
  parseBlock: [
    indentedItem,
    { name: 'BulletList', parse: (cx, line) => readItem('BulletList', cx, line) },
    numbered,
  ],
};

export const listSkips: Readonly<Record<string, SkipMarks>> = {
  BulletList: skipList('BulletList'),
  OrderedList: skipList('OrderedList'),
  ListItem: skipItem,
};
