/**
 * The markdown that answers are read as: CommonMark and GitHub's tables, tasks and strikethrough, less
 * what a reader of a growing answer would see jump (0006), with LaTeX and the bounds.
 */
import {
  type BlockContext,
  type BlockParser,
  type LeafBlock,
  type LeafBlockParser,
  type MarkdownConfig,
  parser,
  Strikethrough,
} from '@lezer/markdown';
import { bounds } from './bounds';
import { formulaSyntax } from './formula-syntax';
import { inlineSyntax } from './inline-syntax';
import { tableSyntax } from './table-syntax';

const openingBracket = 91;

/** A paragraph, or what follows a task's box; only its first characters are read for markup. */
const paragraph: BlockParser = {
  name: 'BoundedParagraph',
  leaf: (): LeafBlockParser => ({
    nextLine: () => false,
    finish(cx, leaf) {
      const task = isTask(cx, leaf);
      const inline = inlineOf(cx, leaf.content, leaf.start, task ? 3 : 0);
      const to = leaf.start + leaf.content.length;
      const children = task
        ? [cx.elt('TaskMarker', leaf.start, leaf.start + 3), ...inline]
        : inline;
      cx.addLeafElement(leaf, cx.elt(task ? 'Task' : 'Paragraph', leaf.start, to, children));
      return true;
    },
  }),
};

function isTask(cx: BlockContext, leaf: LeafBlock): boolean {
  return (
    leaf.content.charCodeAt(0) === openingBracket &&
    /^\[[ xX]\]\s/.test(leaf.content) &&
    cx.parentType().name === 'ListItem'
  );
}

function inlineOf(cx: BlockContext, content: string, start: number, from = 0) {
  return cx.parser.parseInline(content.slice(from, bounds.inlineCharacters), start + from);
}

/** As Lezer's own, but with the bound. */
const heading: BlockParser = {
  name: 'ATXHeading',
  parse(cx, line) {
    const [, marks] = /^(#{1,6})(?:[ \t]|$)/.exec(line.text.slice(line.pos)) ?? [];
    if (marks === undefined) return false;
    const from = cx.lineStart + line.pos;
    const text = line.text.slice(line.pos).replace(/(?:[ \t]+#+)?[ \t]*$/, '');
    const inner = line.skipSpace(line.pos + marks.length) - line.pos;
    cx.nextLine();
    const mark = cx.elt('HeaderMark', from, from + marks.length);
    const children = text.length > inner ? inlineOf(cx, text.slice(inner), from + inner) : [];
    const to = from + Math.max(text.length, marks.length);
    cx.addElement(cx.elt(`ATXHeading${marks.length}`, from, to, [mark, ...children]));
    return true;
  },
};

/** Beyond the bound, the marks of one more quote or list are text. */
const nesting: BlockParser = {
  name: 'NestingBound',
  parse(cx, line) {
    if (
      cx.depth <= bounds.nesting ||
      !/^(?:[>*+-]|\d)/.test(line.text.slice(line.pos, line.pos + 1))
    )
      return false;
    const from = cx.lineStart + line.pos;
    cx.nextLine();
    cx.addElement(cx.elt('PlainBlock', from, cx.prevLineEnd()));
    return true;
  },
  before: 'LinkReference',
};

const bounded: MarkdownConfig = {
  defineNodes: [{ name: 'Task', block: true }, { name: 'TaskMarker' }],
  parseBlock: [nesting, heading, paragraph],
};

export const dialect = parser.configure([
  // Underlined headings would change the paragraph before them, and references text far above.
  { remove: ['SetextHeading', 'LinkReference', 'HTMLBlock'] },
  Strikethrough,
  formulaSyntax,
  inlineSyntax,
  bounded,
  tableSyntax,
]);
