/** Parses GitHub's tables; the first row must begin with a bar, and a table ends at a bound. */
import {
  type BlockParser,
  type LeafBlock,
  type LeafBlockParser,
  type Line,
  type MarkdownConfig,
  Table,
} from '@lezer/markdown';
import { withoutEnd } from '../trim';
import { bounds } from './bounds';

const [gitHubTable] = Table.parseBlock ?? [];

/** Those whose second line has proved that they are tables. */
const tables = new WeakSet<LeafBlockParser>();

/**
 * Without a leading bar, text that is already shown would have to become a table's head when the second line
 * comes.
 */
export function mayBeTableHead(line: string): boolean {
  return line.startsWith('|') && line.length <= bounds.tableRowCharacters;
}

const delimiter = /^[ \t]*:?-+:?[ \t]*$/;

function isDelimiterRow(line: string): boolean {
  if (line.length > bounds.tableRowCharacters) return false;
  const cells = withoutEnd(line, ' \t').split('|');
  if (cells.length > 1 && cells[0] === '') cells.shift();
  if (cells.length > 1 && cells.at(-1) === '') cells.pop();
  return cells.every((cell) => delimiter.test(cell));
}

function observe(inner: LeafBlockParser): LeafBlockParser {
  let cells = 0;
  let isSecond = true;
  const self: LeafBlockParser = {
    nextLine(cx, line, leaf) {
      if (isSecond && isDelimiterRow(textOf(line))) tables.add(self);
      cells += countBars(line.text);
      const isBeyond = line.text.length > bounds.tableRowCharacters || cells > bounds.tableCells;
      // A row without a leading bar is the text after the table.
      const isRow = isSecond || textOf(line).startsWith('|');
      isSecond = false;
      if (tables.has(self) && (isBeyond || !isRow)) return inner.finish(cx, leaf);
      return inner.nextLine(cx, line, leaf);
    },
    finish: (cx, leaf) => inner.finish(cx, leaf),
  };
  return self;
}

const table: BlockParser = {
  name: 'Table',
  leaf(cx, leaf: LeafBlock) {
    const inner = mayBeTableHead(leaf.content) ? gitHubTable?.leaf?.(cx, leaf) : null;
    return inner ? observe(inner) : null;
  },
  /** Models often leave out the blank line before a table. */
  endLeaf(cx, line, leaf) {
    const text = textOf(line);
    if (!mayBeTableHead(text) || leaf.parsers.some((parser) => tables.has(parser))) return false;
    if (isDelimiterRow(text)) return false;
    const [margin = ''] = /^[\s>]*/.exec(cx.peekLine()) ?? [];
    const next = cx.peekLine().slice(margin.length);
    const isSameQuote = quotes(margin) === quotes(line.text.slice(0, line.pos));
    return isSameQuote && isDelimiterRow(next) && columns(next) === columns(text);
  },
  before: 'BoundedParagraph',
};

function quotes(margin: string): number {
  return margin.split('>').length;
}

function textOf(line: Line): string {
  return line.text.slice(line.pos);
}

function columns(row: string): number {
  const inner = row.trim().replace(/^\|/, '').replace(/\|$/, '');
  return countBars(inner.replaceAll('\\|', '')) + 1;
}

function countBars(text: string): number {
  let bars = 0;
  for (let at = text.indexOf('|'); at >= 0; at = text.indexOf('|', at + 1)) bars++;
  return bars;
}

export const tableSyntax: MarkdownConfig = {
  defineNodes: Table.defineNodes ?? [],
  parseBlock: [table],
};
