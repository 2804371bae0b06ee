/**
 * Parses fenced code, also with models' deviations: a fence that opens or closes at the end of a line of text,
 * and code in a list item that is indented less than the item.
 */
import type { BlockContext, Element, Line, MarkdownConfig } from '@lezer/markdown';
import { bounds } from './bounds';
import { lineDepth } from './lezer-internals';
import { beginsItem } from './list-syntax';

const shortestFence = 3;

/** The length of the run of the same character at `at`. */
function runLength(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end - at;
}

/** Where the inline code that opens at `from` ends, or -1. */
export function inlineCodeEnd(text: string, from: number, size: number): number {
  const limit = from + bounds.spanCharacters;
  for (let at = text.indexOf('`', from + size); at >= 0 && at < limit; at = text.indexOf('`', at)) {
    const length = runLength(text, at);
    at += length;
    if (length === size) return at;
  }
  return -1;
}

interface OpenText {
  readonly from: number;
  readonly to: number;
  /** The number of unclosed backticks after it. */
  readonly size: number;
}

/** The parts of a text outside inline code. */
export function openTexts(text: string): readonly OpenText[] {
  const found: OpenText[] = [];
  let from = 0;
  for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', from)) {
    const size = runLength(text, at);
    const end = inlineCodeEnd(text, at, size);
    found.push({ from, to: at, size: end < 0 ? size : 0 });
    from = end < 0 ? at + size : end;
  }
  found.push({ from, to: text.length, size: 0 });
  return found;
}

/** One word, the language; may be empty. */
const infoWord = /^(?:[a-z][\w+#.-]{0,30})?$/i;

/** Where a fence opens after text, at the end of the last line, or -1. */
export function fenceInLine(text: string): number {
  const lineStart = text.lastIndexOf('\n') + 1;
  if (!text.includes('```', lineStart)) return -1;
  for (const { to, size } of openTexts(text)) {
    const isFence = to >= lineStart && size >= shortestFence && text[to - 1] !== '\\';
    if (isFence && infoWord.test(text.slice(to + size).trimEnd())) return to;
  }
  return -1;
}

/** The length of the fence at the beginning of a line, or 0. */
function fenceSize(text: string): number {
  if (text[0] !== '`' && text[0] !== '~') return 0;
  const size = runLength(text, 0);
  const isCode = text[0] === '`' && text.includes('`', size);
  return size < shortestFence || isCode ? 0 : size;
}

/** Where a fence closes at the end of a line of code, or -1; other backticks in the line belong to the code. */
export function closeInLine(text: string, size: number): number {
  const end = text.trimEnd().length;
  let from = end;
  while (text[from - 1] === '`') from--;
  const isClose = end - from >= size && text.indexOf('`') === from;
  return isClose && text[from - 1] !== '\\' && text.slice(0, from).trim() !== '' ? from : -1;
}

/** In code about markdown, lines may end in fences. */
const markdownInfo = /^(?:md|markdown|mdx)\b/i;

export function mayCloseInLine(info: string, fence: string): boolean {
  return fence.startsWith('`') && !markdownInfo.test(info);
}

/** The marks and texts of a fence; adjacent texts are joined. */
class CodeMarks {
  readonly #elements: Element[] = [];
  readonly #cx: BlockContext;
  #text: { from: number; to: number } | null = null;

  constructor(cx: BlockContext) {
    this.#cx = cx;
  }

  text(from: number, to: number): void {
    if (from >= to) return;
    if (this.#text?.to === from) this.#text.to = to;
    else {
      this.#flush();
      this.#text = { from, to };
    }
  }

  add(name: 'CodeMark' | 'CodeInfo', from: number, to: number): void {
    this.#flush();
    if (from < to) this.#elements.push(this.#cx.elt(name, from, to));
  }

  quotes(markers: readonly Element[]): void {
    if (markers.length === 0) return;
    this.#flush();
    this.#elements.push(...markers);
  }

  take(): readonly Element[] {
    this.#flush();
    return this.#elements;
  }

  #flush(): void {
    if (this.#text) this.#elements.push(this.#cx.elt('CodeText', this.#text.from, this.#text.to));
    this.#text = null;
  }
}

/** Reads the code whose fence opens at `start` of the line, and its lines. */
export function readFence(cx: BlockContext, line: Line, start: number): void {
  const from = cx.lineStart + start;
  const opening = line.text.slice(start);
  const size = runLength(opening, 0);
  const info = opening.slice(size).trim();
  const column = start === line.pos ? line.indent : line.baseIndent;
  // A lazy continuation line of a quote's paragraph may open a fence too.
  const depth = Math.min(cx.depth, lineDepth(line));
  const closesInLine = mayCloseInLine(info, opening);
  const marks = new CodeMarks(cx);
  marks.add('CodeMark', from, from + size);
  const infoAt = from + opening.indexOf(info, size);
  marks.add('CodeInfo', infoAt, infoAt + info.length);
  for (let isFirst = true; cx.nextLine() && isWithin(cx, line, depth); isFirst = false) {
    const text = line.text.slice(line.pos);
    const isClosed = line.indent < column + 4 && isClosing(text, opening[0] ?? '', size);
    if (!isFirst && !isClosed) marks.text(cx.lineStart - 1, cx.lineStart);
    marks.quotes(line.markers);
    if (isClosed) {
      marks.add('CodeMark', cx.lineStart + line.pos, cx.lineStart + line.text.length);
      cx.nextLine();
      break;
    }
    const textFrom = line.findColumn(Math.min(column, line.indent));
    const close = closesInLine ? closeInLine(text, size) : -1;
    const textTo = close < 0 ? line.text.length : line.pos + close;
    marks.text(cx.lineStart + textFrom, cx.lineStart + textTo);
    if (close < 0) continue;
    marks.add('CodeMark', cx.lineStart + textTo, cx.lineStart + line.text.length);
    cx.nextLine();
    break;
  }
  cx.addElement(cx.elt('FencedCode', from, cx.prevLineEnd(), marks.take()));
}

/** Outside its list item, a line still is code unless it begins another item. */
function isWithin(cx: BlockContext, line: Line, depth: number): boolean {
  if (lineDepth(line) >= depth) return true;
  for (let at = lineDepth(line); at < depth; at++) {
    if (cx.parentType(at).name === 'Blockquote') return false;
  }
  return !beginsItem(line);
}

function isClosing(text: string, character: string, size: number): boolean {
  if (text[0] !== character) return false;
  const length = runLength(text, 0);
  return length >= size && text.slice(length).trim() === '';
}

function parse(cx: BlockContext, line: Line): boolean {
  if (fenceSize(line.text.slice(line.pos)) === 0) return false;
  readFence(cx, line, line.pos);
  return true;
}

export const fenceSyntax: MarkdownConfig = {
  parseBlock: [
    { name: 'FencedCode', parse },
    {
      name: 'IndentedFence',
      parse: (cx, line) => isTooDeep(cx, line) && parse(cx, line),
      before: 'IndentedCode',
    },
  ],
};

/** CommonMark would read indented code there. */
function isTooDeep(cx: BlockContext, line: Line): boolean {
  return line.indent >= line.baseIndent + 4 && cx.parentType().name === 'ListItem';
}

/** Whether a line begins a fence although it is indented too much for CommonMark. */
export function beginsDeepFence(cx: BlockContext, line: Line): boolean {
  return isTooDeep(cx, line) && fenceSize(line.text.slice(line.pos)) > 0;
}
