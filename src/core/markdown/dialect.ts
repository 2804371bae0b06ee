/**
 * The markdown dialect of answers: CommonMark and GitHub's tables, tasks and strikethrough, without what would make a
 * growing answer jump (0006), with LaTeX, with bounds, and with the habits of models where CommonMark differs (0021).
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

/** Beyond the bound, the marks of another quote or list are text. */
const nestingBound: BlockParser = {
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
  // Underlined headings would change the paragraph before them, and link references would change text far
  // above.
  { remove: ['SetextHeading', 'LinkReference', 'HTMLBlock'] },
  Strikethrough,
  formulaSyntax,
  inlineSyntax,
  fenceSyntax,
  listSyntax,
  textSyntax,
  { parseBlock: [nestingBound] },
  tableSyntax,
]);

export const dialect = replaceSkips(configured, listSkips);
