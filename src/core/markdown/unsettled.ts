/**
 * How much of a growing answer can be shown without parsing it again: markup that may still change is held back
 * until it is decided, or until a bound makes it text.
 */
import type { SyntaxNode, Tree } from '@lezer/common';
import { bounds } from './bounds';
import { addressEnd } from './bare-address';
import { emphasisSides } from './emphasis';
import { mayCloseInLine } from './fence-syntax';
import { dollarFormulaEnd, isSpacedFormula, markedFormulaEnd, openerAt } from './formula-marks';
import { mayBeTableHead } from './table-syntax';

/** Marks of quotes and list items at a line's start. */
const containers = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/;
/** If a text matches, all its beginnings match too. So a line stays decided. */
const undecidedStart =
  /^(?:|[-*+_][-*+_ \t]*|\d{1,9}[.)]?|#{1,6}[ \t]*|`{1,2}|~{1,2}|`{3,}[^`]*|~{3}.*|[-:| \t]+|\|.*|\[(?:[ xX]\]?[ \t]*)?|\\(?:\[.*|b|be|beg|begi|begin|begin\{.*)?|\$(?:\$.*)?|<[^\s>]*)$/s;

/** Whether a text ends in a fence, or in one inside a list or a quote, which any line may end. */
export type Fence = 'none' | 'outer' | 'inner';

/** Whether the kind of an unfinished line is still open: a list, a fence, a table's row. */
export function isLineUndecided(line: string, fence: Fence): boolean {
  if (fence !== 'none' && mayEndFence(line)) return true;
  if (fence === 'outer') return false;
  const rest = line.replace(containers, '');
  return rest.length <= bounds.tableRowCharacters && undecidedStart.test(rest);
}

function mayEndFence(line: string): boolean {
  let at = 0;
  while (' \t>'.includes(line[at] ?? '.')) at++;
  const mark = line[at];
  if (mark === '`' || mark === '~') while (line[at] === mark) at++;
  return line.slice(at).trim() === '';
}

/** The fence at the end of the complete lines that `tree` was read from. */
export function fenceAtEnd(tree: Tree, length: number): Fence {
  const leaf = lastLeaf(tree);
  if (!leaf || leaf.to < length - 1 || !isOpenFence(leaf)) return 'none';
  return leaf.parent?.name === 'Document' ? 'outer' : 'inner';
}

function isOpenFence(leaf: SyntaxNode): boolean {
  return leaf.name === 'FencedCode' && leaf.getChildren('CodeMark').length < 2;
}

/** The last block that contains no blocks. */
function lastLeaf(tree: Tree): SyntaxNode | null {
  let node = tree.topNode.lastChild;
  const holds = /^(?:BulletList|OrderedList|ListItem|Blockquote)$/;
  while (node && holds.test(node.name)) {
    const last: SyntaxNode | null = node.lastChild;
    if (!last) break;
    node = last;
  }
  return node;
}

/** Where the settled text ends; `source.length` if all of it is settled. */
export function settledEnd(tree: Tree, source: string): number {
  const leaf = lastLeaf(tree);
  if (!leaf) return source.length;
  const formula = openFormulaBefore(tree, source);
  if (formula !== null) return formula;
  if (leaf.name === 'FencedCode') return settledFenceEnd(leaf, source);
  let end = settledLeafEnd(leaf, source);
  if (end === source.length || (end === leaf.from && followsText(leaf, source))) return end;
  for (let before = -1; end !== before;) {
    before = end;
    // Only marks of a list or a quote may stand before the cut.
    const lineStart = source.lastIndexOf('\n', end - 1) + 1;
    if (isLineUndecided(source.slice(lineStart, end), 'none')) end = lineStart;
    // A backslash at a line's end is a break only if something follows.
    end = beforeBreak(tree, source, end);
    end = outside(leaf, end);
  }
  return end;
}

/** Whether a leaf opened at the end of a line of text. */
function followsText({ prevSibling, from }: SyntaxNode, source: string): boolean {
  if (!prevSibling || !/^(?:Paragraph|Task|ATXHeading\d)$/.test(prevSibling.name)) return false;
  return !source.slice(prevSibling.to, from).includes('\n');
}

/**
 * Where an open formula begins; null if there is none. A blank line does not end a formula if the next line can
 * continue it, which is known once that line is complete.
 */
function openFormulaBefore(tree: Tree, source: string): number | null {
  const lineStart = source.lastIndexOf('\n') + 1;
  let at = lineStart - 1;
  while (at > 0 && ' \t>\n'.includes(source.charAt(at - 1))) at--;
  let node: SyntaxNode | null = tree.resolveInner(at, -1);
  while (node && node.name !== 'PlainBlock') node = node.parent;
  return node && mayBecomeFormula(source.slice(node.from)) ? node.from : null;
}

/** In code, backticks at the end of a line may close the fence. */
function settledFenceEnd(leaf: SyntaxNode, source: string): number {
  const mark = leaf.firstChild;
  const info = leaf.getChild('CodeInfo');
  const text = source.slice(source.lastIndexOf('\n') + 1).trimEnd();
  const fence = mark ? source.slice(mark.from, mark.to) : '';
  const language = info ? source.slice(info.from, info.to) : '';
  if (leaf.to < source.trimEnd().length || !mayCloseInLine(language, fence)) return source.length;
  let end = text.length;
  while (text[end - 1] === '`') end--;
  const isWhole = text.slice(0, end).trim() === '' || text.length === end;
  return isWhole ? source.length : source.lastIndexOf('\n') + 1 + end;
}

/** In a paragraph, a backslash at a line's end is a break if another line follows. */
function beforeBreak(tree: Tree, source: string, end: number): number {
  const from = Math.max(0, end - bounds.spanCharacters);
  const [found] = /\\\n[ \t>]*$/.exec(source.slice(from, end)) ?? [];
  if (found === undefined) return end;
  const at = end - found.length;
  let node: SyntaxNode | null = tree.resolveInner(at, 1);
  while (node && node.name !== 'Paragraph' && node.name !== 'Task') node = node.parent;
  return node ? at : end;
}

/** `at`, or the start of the node that contains it: markup is shown whole or not at all. */
function outside(leaf: SyntaxNode, at: number): number {
  for (let node = leaf.firstChild; node; node = node.nextSibling) {
    if (node.from < at && node.to > at && !/Mark(?:er)?$/.test(node.name)) return node.from;
  }
  return at;
}

function settledLeafEnd(leaf: SyntaxNode, source: string): number {
  const after = source.slice(leaf.to);
  if (!isOpenAfter(after, leaf.name)) return source.length;
  switch (leaf.name) {
    case 'FormulaBlock':
      return after === '' ? leaf.from : source.length;
    case 'PlainBlock':
      return mayBecomeFormula(source.slice(leaf.from)) ? leaf.from : source.length;
    case 'Paragraph':
    case 'Task': {
      const head = possibleTableHead(source, leaf) ?? source.length;
      return Math.min(head, settledInlineEnd(leaf, source));
    }
    default:
      return leaf.name.startsWith('ATXHeading') ? settledInlineEnd(leaf, source) : source.length;
  }
}

/** A line's end closes a heading; a blank line closes other blocks, except formulas. */
function isOpenAfter(after: string, name: string): boolean {
  if (name.startsWith('ATXHeading')) return /^[ \t#]*$/.test(after);
  if (!/^[\s>]*$/.test(after)) return false;
  return name === 'PlainBlock' || after.indexOf('\n') === after.lastIndexOf('\n');
}

/** Whether the lines so far may still become a formula. */
function mayBecomeFormula(text: string): boolean {
  return text.length <= bounds.formulaCharacters && openerAt(text, 0) !== null;
}

/** Where a paragraph's last line begins, if the next line could make it a table's head. */
function possibleTableHead(source: string, leaf: SyntaxNode): number | null {
  const lineStart = source.lastIndexOf('\n', leaf.to - 1) + 1;
  const line = source.slice(lineStart, leaf.to);
  const text = line.replace(containers, '');
  return mayBeTableHead(text) ? Math.max(leaf.from, lineStart) : null;
}

/** Marks at the very end: the next character decides what they are. */
const undecidedEnd =
  /(?:(?<![*_~])[*_~]+|(?<!`)`+|\\(?:[a-z]{0,8}(?:\{[a-z]{0,12}\*?)?)?|&[#\w]{0,30}|<[^\s<>]*|!|(?<!\$)\$+|[ \t]#*|(?<![\w/@.$])(?:h|ht|htt|https?(?::\/{0,2})?|w{1,3}\.?))$/i;

function settledInlineEnd(leaf: SyntaxNode, source: string): number {
  const text = source.slice(0, leaf.to);
  const reach = Math.max(leaf.from, leaf.to - bounds.spanCharacters);
  const tailFrom = Math.max(leaf.from, leaf.to - bounds.linkCharacters);
  const isLineEnded = source.startsWith('\n', leaf.to);
  const leafLength = leaf.to - leaf.from;
  const tail = (isLineEnded ? /\\$/ : undecidedEnd).exec(text.slice(tailFrom));
  let end = tail ? tailFrom + tail.index : leaf.to;
  // Text beyond the bound is not parsed any further.
  if (leaf.to - leaf.from > bounds.inlineCharacters) return source.length;

  const holdFrom = (at: number) => (end = Math.min(end, at));
  const walk = (node: SyntaxNode, outer: SyntaxNode | null) => {
    let at = node.from;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      gap(at, child.from, outer);
      inner(child, outer ?? child);
      at = child.to;
    }
    gap(at, node.to, outer);
  };
  /** Text between nodes, where an opening mark has no closing one yet. */
  const gap = (from: number, to: number, outer: SyntaxNode | null) => {
    for (let at = Math.max(from, reach); at < to; at++) {
      if (!isOpening(text, leaf.from, from, at, outer !== null)) continue;
      const isImage = text[at] === '[' && at > from && text[at - 1] === '!';
      holdFrom(outer?.from ?? (isImage ? at - 1 : at));
    }
  };
  const inner = (child: SyntaxNode, outer: SyntaxNode) => {
    if (child.from < end && child.to > end) holdFrom(outer.from);
    if (child.name === 'Escape') {
      const isOpen = markedFormulaEnd(text.slice(leaf.from), child.from - leaf.from) === 'open';
      if (isOpen) holdFrom(outer.from);
    } else if (child.name === 'BareAddress') {
      const mayGrow = addressEnd(text.slice(leaf.from), child.from - leaf.from) === leafLength;
      if (mayGrow && !isLineEnded) holdFrom(outer.from);
    } else if (child.name === 'Formula') {
      const isLast = !isLineEnded && text.slice(child.to).trim() === '';
      if (isLast && isSpacedFormula(text.slice(child.from, child.to))) holdFrom(outer.from);
    } else if (child.name === 'Link' || child.name === 'Image') {
      if (isOpenLink(text, child)) holdFrom(outer.from);
      walk(child, outer);
    } else if (child.firstChild && child.name !== 'InlineCode') walk(child, outer);
  };
  walk(leaf, null);
  return end < leaf.to ? end : source.length;
}

/** Whether the unmatched mark at `at` may still open something. */
function isOpening(
  text: string,
  leafFrom: number,
  gapFrom: number,
  at: number,
  isInside: boolean,
): boolean {
  const character = text[at];
  if (character === '[' || character === '`') return true;
  if (character === '$') {
    const [leaf, inLeaf] = [text.slice(leafFrom), at - leafFrom];
    return markedFormulaEnd(leaf, inLeaf) === 'open' || dollarFormulaEnd(leaf, inLeaf) === 'open';
  }
  if (character === '\\') return markedFormulaEnd(text.slice(leafFrom), at - leafFrom) === 'open';
  if (isInside || !(character === '*' || character === '_' || character === '~')) return false;
  let [start, to] = [at, at + 1];
  while (start > gapFrom && text[start - 1] === character) start--;
  while (text[to] === character) to++;
  if (character === '~') return to - start >= 2 && /\S/.test(text.charAt(to));
  return emphasisSides(text.slice(leafFrom), start - leafFrom, to - leafFrom, true).opens;
}

/** Words in brackets whose address may follow or has begun. */
function isOpenLink(text: string, link: SyntaxNode): boolean {
  if (link.getChild('URL') || text.length - link.from > bounds.linkCharacters) return false;
  const after = text.slice(link.to);
  return after === '' || (after.startsWith('(') && !/\)/.test(after) && !after.includes('\n\n'));
}
