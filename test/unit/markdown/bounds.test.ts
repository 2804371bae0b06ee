import { describe, expect, it } from 'vitest';
import { bounds } from '../../../src/core/markdown/bounds.ts';
import { MarkdownDocument } from '../../../src/core/markdown/document.ts';
import type { Block } from '../../../src/core/markdown/nodes.ts';
import { blocksOf, outline } from './shown.ts';

/** The nesting depth of blocks. */
function depth(blocks: readonly Block[]): number {
  const inner = blocks.map((block) => {
    if (block.type === 'quote') return 1 + depth(block.blocks);
    if (block.type !== 'list') return 1;
    return 2 + Math.max(...block.items.map((item) => depth(item.blocks)));
  });
  return Math.max(0, ...inner);
}

/** Every character that is drawn. */
function drawnText(text: string): string {
  const { groups, plain } = new MarkdownDocument().update(text, false);
  return outline(groups.flat()) + plain.join('');
}

describe('beyond the bounds', () => {
  it('shows marks of deeper quotes and lists as text', () => {
    for (const text of [`${'> '.repeat(500)}x`, `${'- '.repeat(500)}x`, `${'1. '.repeat(500)}x`]) {
      expect(depth(blocksOf(text))).toBeLessThanOrEqual(bounds.nesting + 3);
      expect(drawnText(text)).toMatch(/(?:> |- |1\. ){300}x/);
    }
  });

  it('shows the end of a long paragraph without markup, and all of it', () => {
    const text = `**a** ${'word '.repeat(2000)}**b**`;
    expect(drawnText(text)).toMatch(/^p\(strong\(a\) word .* \*\*b\*\*\)$/s);
  });

  it('ends a table of thousands of cells, and shows the rest as text', () => {
    const text = `|a|b|\n|-|-|\n${'|x|y|\n'.repeat(5000)}`;
    const [table] = blocksOf(text);
    const cells = table?.type === 'table' ? table.rows.length * 2 : 0;
    expect(cells).toBeGreaterThan(500);
    expect(cells).toBeLessThanOrEqual(bounds.tableCells);
    expect(drawnText(text).match(/x/g)).toHaveLength(5000);
  });

  it('shows a line of a megabyte in pieces, without loss', () => {
    const line = 'abc '.repeat(250_000);
    const { groups, plain } = new MarkdownDocument().update(line, false);
    expect(Math.max(...plain.map((piece) => piece.length))).toBeLessThanOrEqual(
      bounds.plainPieceCharacters,
    );
    const [first] = groups.flat();
    const text =
      first?.type === 'paragraph' ? first.children.map((c) => 'text' in c && c.text) : [];
    expect(text.join('') + plain.join('')).toBe(line);
  });

  it('draws blocks up to the bound, and the rest as plain text', () => {
    const { groups, plain } = new MarkdownDocument().update('a\n\n'.repeat(9000), false);
    expect(groups.flat()).toHaveLength(bounds.blocks);
    expect(plain.join('').match(/a/g)).toHaveLength(9000 - bounds.blocks);
  });

  it('does not lose what follows an unclosed fence', () => {
    expect(drawnText(`\`\`\`\n${'x\n'.repeat(40_000)}`).match(/x/g)).toHaveLength(40_000);
  });
});

describe('hostile texts', () => {
  const shapes = {
    'opening brackets': '[',
    'half links': '[a](',
    'half images': '![',
    'crossed emphasis': '*a_ ',
    'open emphasis': '*a **b ',
    backticks: 'a`b``c```',
    'strike marks': '~~a ',
    'less-than signs': '<a ',
    dollars: '$x',
    'open formulas': '\\(',
    'open display formulas': '\\[\n',
    'quote marks': '> ',
    'list marks': '- ',
    'numbered marks': '1. ',
    'table bars': '|a',
    'hostile rows': '|[a](|*a_ |\n',
    ampersands: '&a',
    backslashes: '\\',
    spaces: 'a                 ',
    addresses: 'http://a( ',
    'blank lines': '\n',
    headings: '# [a](\n',
    items: '- [ ] **a\n',
  };
  // Ten times what a slow machine needs: quadratic work would take minutes.
  it.each(Object.entries(shapes))('of %s take no more than a moment', (_, shape) => {
    const text = shape.repeat(Math.ceil(200_000 / shape.length));
    const startMs = performance.now();
    const document = new MarkdownDocument();
    document.update(`|a|\n|-|\n${text}`, true);
    document.update(text, true);
    document.update(`${text}x`, true);
    document.update(text, false);
    expect(performance.now() - startMs).toBeLessThan(8000);
  });
});
