/** Parses paragraphs and headings, and code or formulas that open at the end of one of their lines. */
import type {
  BlockContext,
  BlockParser,
  Element,
  LeafBlock,
  LeafBlockParser,
  Line,
  MarkdownConfig,
} from '@lezer/markdown';
import { bounds } from './bounds';
import { beginsDeepFence, fenceInLine, readFence } from './fence-syntax';
import { beginsFormula, formulaInLine, readFormula } from './formula-syntax';
import { hasNextLine, leafMarks } from './lezer-internals';
import { beginsItem } from './list-syntax';

const openingBracket = 91;

function inlineOf(cx: BlockContext, content: string, start: number, from = 0): readonly Element[] {
  return cx.parser.parseInline(content.slice(from, bounds.inlineCharacters), start + from);
}

function isTask(cx: BlockContext, content: string): boolean {
  return (
    content.charCodeAt(0) === openingBracket &&
    /^\[[ xX]\]\s/.test(content.slice(0, 4)) &&
    cx.parentType().name === 'ListItem'
  );
}

/** A paragraph, or the text after a task's box; only its first characters are parsed for markup. */
function textElement(cx: BlockContext, content: string, start: number): Element {
  const task = isTask(cx, content);
  const inline = inlineOf(cx, content, start, task ? 3 : 0);
  const children = task ? [cx.elt('TaskMarker', start, start + 3), ...inline] : inline;
  return cx.elt(task ? 'Task' : 'Paragraph', start, start + content.length, children);
}

/**
 * Where code or a formula opens at the end of a line of text, or -1; another line must follow.
 * @param before The paragraph's previous lines: what they opened may end here.
 */
function openedIn(cx: BlockContext, text: string, before = ''): number {
  const isWithin = before.length + text.length <= bounds.inlineCharacters;
  if (!isWithin || !/[`$[}]/.test(text) || text.startsWith('|') || !hasNextLine(cx)) return -1;
  const whole = before === '' ? text : `${before}\n${text}`;
  const opened = Math.max(fenceInLine(whole), formulaInLine(whole));
  return opened - (whole.length - text.length);
}

/** Reads the code or formula that opens at `start` of the line, and the text after its end. */
function readOpened(cx: BlockContext, line: Line, start: number): void {
  if (line.text[start] === '`') {
    readFence(cx, line, start);
    return;
  }
  for (let at: number | null = start; at !== null;) {
    const rest = readFormula(cx, line, at);
    if (rest === null) return;
    const text = line.text.slice(rest);
    const opened = openedIn(cx, text);
    const own = opened < 0 ? text : text.slice(0, opened);
    cx.addElement(textElement(cx, own.trimEnd(), cx.lineStart + rest));
    at = opened < 0 ? null : rest + opened;
    if (at === null) cx.nextLine();
    else if (line.text[at] === '`') {
      readFence(cx, line, at);
      return;
    }
  }
}

const paragraph: BlockParser = {
  name: 'BoundedParagraph',
  parse(cx, line) {
    const text = line.text.slice(line.pos);
    const opened = openedIn(cx, text);
    if (opened <= 0) return false;
    cx.addElement(textElement(cx, text.slice(0, opened).trimEnd(), cx.lineStart + line.pos));
    readOpened(cx, line, line.pos + opened);
    return true;
  },
  leaf: (): LeafBlockParser => ({
    nextLine(cx, line, leaf) {
      if (beginsDeepItem(line) || beginsDeepFence(cx, line)) return finish(cx, leaf);
      const opened = openedIn(cx, line.text.slice(line.pos), leaf.content);
      if (opened <= 0) return false;
      const text = line.text.slice(line.basePos, line.pos + opened).trimEnd();
      leaf.content += `\n${' '.repeat(line.basePos)}${text}`;
      leafMarks(leaf).push(...line.markers);
      finish(cx, leaf);
      readOpened(cx, line, line.pos + opened);
      return true;
    },
    finish,
  }),
};

function finish(cx: BlockContext, leaf: LeafBlock): true {
  cx.addLeafElement(leaf, textElement(cx, leaf.content, leaf.start));
  return true;
}

/** Indented so deep that CommonMark would continue the paragraph. */
function beginsDeepItem(line: Line): boolean {
  return line.indent >= line.baseIndent + 4 && beginsItem(line);
}

/** As Lezer's own, with the bound. */
const heading: BlockParser = {
  name: 'ATXHeading',
  parse(cx, line) {
    const [, marks] = /^(#{1,6})(?:[ \t]|$)/.exec(line.text.slice(line.pos)) ?? [];
    if (marks === undefined) return false;
    const from = cx.lineStart + line.pos;
    const whole = line.text.slice(line.pos);
    const opened = openedIn(cx, whole);
    const text = withoutClosing(opened > 0 ? whole.slice(0, opened) : whole);
    const inner = Math.min(line.skipSpace(line.pos + marks.length) - line.pos, text.length);
    const mark = cx.elt('HeaderMark', from, from + marks.length);
    const children = inlineOf(cx, text.slice(inner), from + inner);
    const to = from + Math.max(text.length, marks.length);
    cx.addElement(cx.elt(`ATXHeading${marks.length}`, from, to, [mark, ...children]));
    if (opened > 0) readOpened(cx, line, line.pos + opened);
    else cx.nextLine();
    return true;
  },
};

/** A heading's line without closing marks and trailing space. */
function withoutClosing(line: string): string {
  const text = line.trimEnd();
  let end = text.length;
  while (text[end - 1] === '#') end--;
  const isClosed = end < text.length && /[ \t]/.test(text.charAt(end - 1));
  return isClosed ? text.slice(0, end).trimEnd() : text;
}

const formulaBlock: BlockParser = {
  name: 'FormulaBlock',
  parse(cx, line) {
    if (!beginsFormula(line)) return false;
    readOpened(cx, line, line.pos);
    return true;
  },
  endLeaf: (_, line) => beginsFormula(line),
  before: 'FencedCode',
};

export const textSyntax: MarkdownConfig = {
  defineNodes: [{ name: 'Task', block: true }, { name: 'TaskMarker' }],
  parseBlock: [formulaBlock, heading, paragraph],
};
