/** Parts of Lezer's markdown parser (1.8.1) that its types do not export. */
import type { BlockContext, LeafBlock, Line, MarkdownParser } from '@lezer/markdown';

/** A quote, a list or an item that is still open. */
export interface OpenBlock {
  /** The value that was passed to `startComposite`. */
  readonly value: number;
  readonly from: number;
  readonly children: readonly unknown[];
  /** For an item: whether its text may only begin on the next line. */
  blankFirstLine: boolean;
}

export type SkipMarks = (block: OpenBlock, cx: BlockContext, line: Line) => boolean;

/** The open blocks, from the document at 0 to the innermost one. */
export function openBlocks(cx: BlockContext): readonly OpenBlock[] {
  return (cx as unknown as { stack: readonly OpenBlock[] }).stack;
}

/** How many of the open blocks the line continues. */
export function lineDepth(line: Line): number {
  return (line as unknown as { depth: number }).depth;
}

/** False on the text's last line, even if that is complete. */
export function hasNextLine(cx: BlockContext): boolean {
  const { absoluteLineEnd, to } = cx as unknown as { absoluteLineEnd: number; to: number };
  return absoluteLineEnd < to;
}

/** The quote marks inside a leaf's text. */
export function leafMarks(leaf: LeafBlock): unknown[] {
  return (leaf as unknown as { marks: unknown[] }).marks;
}

/** Replaces the rules for which lines continue a kind of block. */
export function replaceSkips(
  parser: MarkdownParser,
  skips: Readonly<Record<string, SkipMarks>>,
): MarkdownParser {
  const { skipContextMarkup } = parser as unknown as {
    skipContextMarkup: Record<number, SkipMarks>;
  };
  for (const { id, name } of parser.nodeSet.types) {
    const skip = skips[name];
    if (skip) skipContextMarkup[id] = skip;
  }
  return parser;
}
