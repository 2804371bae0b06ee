/** The writing direction of each block of an answer: that of its first letter, outside code and formulas. */
import { assertNever } from '../../protocol/errors';
import type { Block, Inline } from './nodes';

export type Direction = 'ltr' | 'rtl';

const strong = /[\p{L}\u061c\u200e\u200f]/u;
/** Letters of right-to-left scripts, and right-to-left marks. */
const fromRight =
  /[\u061c\u200f\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\u{10e80}-\u{10ebf}]/u;

function directionOfText(text: string): Direction | null {
  const [letter] = strong.exec(text) ?? [];
  if (letter === undefined) return null;
  return fromRight.test(letter) ? 'rtl' : 'ltr';
}

/** Null if nothing determines it: then the direction around it applies. */
export function directionOfInline(nodes: readonly Inline[]): Direction | null {
  return first(nodes, (node) => {
    if (node.type === 'text') return directionOfText(node.text);
    if (node.type === 'image') return directionOfText(node.alt);
    return 'children' in node && !isAddress(node) ? directionOfInline(node.children) : null;
  });
}

export function directionOf(block: Block): Direction | null {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return directionOfInline(block.children);
    case 'list':
      return first(block.items, ({ blocks }) => first(blocks, directionOf));
    case 'quote':
      return first(block.blocks, directionOf);
    case 'table':
      return first([block.head, ...block.rows], (row) => first(row, directionOfInline));
    case 'plain':
      return directionOfText(block.text);
    case 'code':
    case 'formula':
    case 'rule':
      return null;
    default:
      return assertNever(block);
  }
}

/** The direction of the first block that has one. */
export function directionOfAll(blocks: readonly Block[]): Direction | null {
  return first(blocks, directionOf);
}

/** Whether a link's text is its address, which is always read from the left. */
export function isAddress(node: Inline): boolean {
  const [only, ...others] = node.type === 'link' ? node.children : [];
  return (
    only?.type === 'text' && others.length === 0 && /^(?:https?:\/\/|www\.|\S+@)/i.test(only.text)
  );
}

function first<T>(all: readonly T[], direction: (one: T) => Direction | null): Direction | null {
  for (const one of all) {
    const found = direction(one);
    if (found) return found;
  }
  return null;
}
