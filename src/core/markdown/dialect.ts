/**
 * The markdown that answers are read as: CommonMark and GitHub's tables, tasks and strikethrough, less
 * what a reader of a growing answer would see jump (0006), with LaTeX, the bounds, and what models write
 * where CommonMark would read something else (0021).
 */
import { type BlockParser, parser, Strikethrough } from '@lezer/markdown';
import { bounds } from './bounds';
import { fenceSyntax } from './fence-syntax';
import { formulaSyntax } from './formula-syntax';
import { inlineSyntax } from './inline-syntax';
import { replaceSkips } from './lezer-internals';
import { listSkips, listSyntax } from './list-syntax';
import { tableSyntax } from './table-syntax';
import { textSyntax } from './text-syntax';

/** Beyond the bound, the marks of one more quote or list are text. */
const nesting: BlockParser = {
  name: 'NestingBound',
  parse(cx, line) {
    if (cx.depth <= bounds.nesting || !/^[>*+\-\d]/.test(line.text.charAt(line.pos))) return false;
    const from = cx.lineStart + line.pos;
    cx.nextLine();
    cx.addElement(cx.elt('PlainBlock', from, cx.prevLineEnd()));
    return true;
  },
  before: 'LinkReference',
};

const configured = parser.configure([
  // Underlined headings would change the paragraph before them, and references text far above.
  { remove: ['SetextHeading', 'LinkReference', 'HTMLBlock'] },
  Strikethrough,
  formulaSyntax,
  inlineSyntax,
  fenceSyntax,
  listSyntax,
  textSyntax,
  { parseBlock: [nesting] },
  tableSyntax,
]);

export const dialect = replaceSkips(configured, listSkips);
