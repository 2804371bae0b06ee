/** An answer as a reader sees it: each character with its style. */
import { MarkdownDocument } from '../../../src/core/markdown/document.ts';
import type { Block, Inline } from '../../../src/core/markdown/nodes.ts';

/** The blocks of a complete or growing text. */
export function blocksOf(text: string, { growing = false } = {}): readonly Block[] {
  return new MarkdownDocument().update(text, growing).groups.flat();
}

/** Such as `p(a strong(b))`. */
export function outline(blocks: readonly Block[]): string {
  return blocks.map(outlineBlock).join(' ');
}

function outlineBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `p(${outlineInline(block.children)})`;
    case 'heading':
      return `h${block.level ?? ''}(${outlineInline(block.children)})`;
    case 'list': {
      const items = block.items.map(({ task, blocks }) => {
        const box = task === null ? '' : task ? '[x] ' : '[ ] ';
        return `li(${box}${outline(blocks)})`;
      });
      return `${block.numbers === null ? 'ul' : `ol${numbersOf(block.numbers)}`}(${items.join(' ')})`;
    }
    case 'quote':
      return `quote(${outline(block.blocks)})`;
    case 'code':
      return `code(${block.info}: ${JSON.stringify(block.text)}${block.complete ? '' : '…'})`;
    case 'table': {
      const rows = [block.head, ...block.rows].map((row) => row.map(outlineInline).join('|'));
      return `table(${rows.join(' / ')})`;
    }
    case 'rule':
      return 'hr';
    case 'formula':
      return `formula(${block.tex})`;
    case 'plain':
      return `plain(${block.text})`;
  }
}

/** The first number, or all of them if they are not consecutive. */
function numbersOf(numbers: readonly number[]): string {
  const [first = 0] = numbers;
  return numbers.every((number, at) => number === first + at) ? `${first}` : numbers.join(',');
}

export function outlineInline(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.text;
      if (node.type === 'break') return '⏎';
      if (node.type === 'image') return `image(${node.alt}: ${node.source})`;
      if (node.type === 'code') return `\`${node.text}\``;
      if (node.type === 'formula') return `${node.display ? 'display' : 'math'}(${node.tex})`;
      const inner = outlineInline(node.children);
      return node.type === 'link' ? `link(${inner}: ${node.target.url})` : `${node.type}(${inner})`;
    })
    .join('');
}

/** Every visible character with the path of its enclosing elements. */
export function looks(blocks: readonly Block[]): readonly string[] {
  const found: string[] = [];
  for (const block of blocks) lookBlock(block, '', found);
  return found;
}

function lookBlock(block: Block, path: string, found: string[]): void {
  const at = `${path}/${block.type}${block.key}`;
  switch (block.type) {
    case 'paragraph':
      return lookInline(block.children, at, found);
    case 'heading':
      return lookInline(block.children, `${at}:${block.level}`, found);
    case 'list':
      for (const item of block.items) {
        const number = block.numbers?.[block.items.indexOf(item)] ?? '';
        const inItem = `${at}:${number}/item${item.key}:${item.task}`;
        for (const inner of item.blocks) lookBlock(inner, inItem, found);
      }
      return;
    case 'quote':
      for (const inner of block.blocks) lookBlock(inner, at, found);
      return;
    case 'code':
    case 'plain':
      return lookText(block.text, at, found);
    case 'table':
      [block.head, ...block.rows].forEach((row, r) =>
        row.forEach((cell, c) => lookInline(cell, `${at}:${r},${c}`, found)),
      );
      return;
    case 'formula':
      return lookText(block.tex, at, found);
    case 'rule':
      found.push(at);
  }
}

function lookInline(nodes: readonly Inline[], path: string, found: string[]): void {
  for (const node of nodes) {
    if (node.type === 'text') lookText(node.text, path, found);
    else if (node.type === 'code') lookText(node.text, `${path}/code`, found);
    else if (node.type === 'formula') lookText(node.tex, `${path}/formula`, found);
    else if (node.type === 'image') lookText(node.alt + node.source, `${path}/image`, found);
    else if (node.type === 'link') {
      lookInline(node.children, `${path}/link ${node.target.url}`, found);
    } else if (node.type !== 'break') lookInline(node.children, `${path}/${node.type}`, found);
  }
}

/** Spaces are left out: at the end of the shown text they are invisible. */
function lookText(text: string, path: string, found: string[]): void {
  for (const character of text) if (/\S/.test(character)) found.push(`${path} ${character}`);
}
