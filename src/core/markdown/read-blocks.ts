/** Converts Lezer's tree of an answer into blocks; parts that the parser reused stay the same objects. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { bounds } from './bounds';
import { openerAt, texOf } from './formula-marks';
import { InlineReader } from './read-inline';
import type { Alignment, Block, Inline, ListItem, Row } from './nodes';

export interface ReadBlock {
  readonly tree: Tree | null;
  readonly block: Block;
}

export interface ReadDocument {
  /** How many of the previous blocks are unchanged. */
  readonly same: number;
  readonly read: readonly ReadBlock[];
}

export class BlockReader {
  /** By the parser's own nodes, which it reuses for unchanged text. */
  readonly #known = new WeakMap<Tree, Block>();
  readonly #knownItems = new WeakMap<Tree, ListItem>();
  #source = '';
  #end = 0;

  /**
   * The document's blocks from the first one that is not in `before`; the parser reuses its nodes from the
   * beginning on, so only the last few are compared.
   * @param end The end of the settled text; the rest is left out, also within a paragraph or heading.
   * @param before The blocks of the text when it was shorter.
   */
  readDocument(
    tree: Tree,
    source: string,
    end: number,
    before: readonly ReadBlock[],
  ): ReadDocument {
    this.#source = source;
    this.#end = end;
    const read: ReadBlock[] = [];
    let node = tree.topNode.lastChild;
    let same = before.length;
    for (; node; node = node.prevSibling) {
      while (same > 0 && (before[same - 1] as ReadBlock).block.key > node.from) same--;
      if (same > 0 && (before[same - 1] as ReadBlock).tree === node.tree) break;
      const block = this.#block(node);
      if (block) read.push({ tree: node.to > end ? null : node.tree, block });
    }
    return { same: node ? same : 0, read: read.reverse() };
  }

  #children(parent: SyntaxNode): readonly Block[] {
    const blocks: Block[] = [];
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      const block = this.#block(node);
      if (block) blocks.push(block);
    }
    return blocks;
  }

  #block(node: SyntaxNode): Block | null {
    if (node.from >= this.#end) return null;
    const tree = this.#wholeTree(node);
    // Growing quotes and lists are rebuilt, but their contents are not.
    const known = tree && this.#known.get(tree);
    if (known) return known;
    const block = this.#read(node);
    if (block && tree) this.#known.set(tree, block);
    return block;
  }

  #wholeTree(node: SyntaxNode): Tree | null {
    return node.to > this.#end ? null : node.tree;
  }

  #read(node: SyntaxNode): Block | null {
    const { name, from: key, to } = node;
    switch (name) {
      case 'Paragraph':
        return { key, type: 'paragraph', children: this.#inline(node, key, to) };
      case 'BulletList':
      case 'OrderedList':
        return this.#list(node);
      case 'Blockquote':
        return { key, type: 'quote', blocks: this.#children(node) };
      case 'FencedCode':
      case 'CodeBlock':
        return this.#code(node);
      case 'Table':
        return this.#table(node);
      case 'HorizontalRule':
        return { key, type: 'rule' };
      case 'FormulaBlock':
        return { key, type: 'formula', tex: this.#tex(node) };
      case 'PlainBlock':
        return { key, type: 'plain', text: withoutMargin(this.#source.slice(key, to)).trimEnd() };
      default:
        return name.startsWith('ATXHeading') ? this.#heading(node) : null;
    }
  }

  #inline(node: SyntaxNode, from: number, nodeEnd: number): readonly Inline[] {
    const to = Math.min(nodeEnd, this.#end);
    const read = to - from;
    if (read <= 0) return [];
    if (read <= bounds.inlineCharacters) return new InlineReader(this.#source).read(node, from, to);
    const end = from + bounds.inlineCharacters;
    const text = withoutMargin(this.#source.slice(end, to));
    return [...new InlineReader(this.#source).read(node, from, end), { type: 'text', text }];
  }

  #heading(node: SyntaxNode): Block {
    const mark = Number(node.name.at(-1));
    const from = node.from + mark + 1;
    const children = trimmed(this.#inline(node, from, node.to));
    return { key: node.from, type: 'heading', mark, level: null, children };
  }

  #list(list: SyntaxNode): Block {
    const nodes = list.getChildren('ListItem').filter(({ from }) => from < this.#end);
    const numbers = list.name === 'OrderedList' ? this.#numbers(nodes) : null;
    return { key: list.from, type: 'list', numbers, items: this.#items(nodes) };
  }

  /** Numbers as written, gaps included; a repeated number counts up. */
  #numbers(items: readonly SyntaxNode[]): readonly number[] {
    let [before, number] = [NaN, NaN];
    return items.map((item) => {
      const { from = 0, to = 0 } = item.getChild('ListMark') ?? {};
      const written = Number.parseInt(this.#source.slice(from, to), 10);
      number = written >= before && written <= number ? number + 1 : written;
      before = written;
      return number;
    });
  }

  #items(nodes: readonly SyntaxNode[]): readonly ListItem[] {
    return nodes.map((node) => {
      const tree = this.#wholeTree(node);
      const known = tree && this.#knownItems.get(tree);
      if (known) return known;
      const item = this.#item(node);
      if (tree) this.#knownItems.set(tree, item);
      return item;
    });
  }

  #item(node: SyntaxNode): ListItem {
    const task = node.getChild('Task');
    const marker = task?.getChild('TaskMarker');
    const blocks = this.#children(node);
    if (!task || !marker) return { key: node.from, task: null, blocks };
    const isDone = this.#source[marker.from + 1] !== ' ';
    const children = trimmed(this.#inline(task, marker.to, task.to));
    const words: Block = { key: task.from, type: 'paragraph', children };
    return { key: node.from, task: isDone, blocks: [words, ...blocks] };
  }

  #code(node: SyntaxNode): Block {
    const info = node.getChild('CodeInfo');
    const complete = node.name === 'CodeBlock' || node.getChildren('CodeMark').length > 1;
    const text = node
      .getChildren('CodeText')
      .map(({ from, to }) => this.#source.slice(from, Math.max(from, Math.min(to, this.#end))))
      .join('');
    return {
      key: node.from,
      type: 'code',
      info: info ? this.#source.slice(info.from, info.to) : '',
      // The last line may turn out to be the closing fence.
      text: complete ? text : text.replace(/\n$/, ''),
      complete,
    };
  }

  #table(node: SyntaxNode): Block {
    const head = node.getChild('TableHeader');
    const delimiters = node.getChild('TableDelimiter');
    const alignments = delimiters
      ? alignmentsOf(this.#source.slice(delimiters.from, delimiters.to))
      : [];
    const rowOf = (row: SyntaxNode) => this.#row(row, alignments.length);
    return {
      key: node.from,
      type: 'table',
      alignments,
      head: head ? rowOf(head) : [],
      rows: node.getChildren('TableRow').map(rowOf),
    };
  }

  /** A row may lack cells at its end, and empty cells have no node: the bars show where each begins. */
  #row(row: SyntaxNode, columns: number): Row {
    const cells: (readonly Inline[])[] = [];
    let column = this.#source[row.from] === '|' ? -1 : 0;
    for (let node = row.firstChild; node; node = node.nextSibling) {
      if (node.name === 'TableDelimiter') column++;
      else if (node.name === 'TableCell' && column < columns) {
        while (cells.length < column) cells.push([]);
        cells.push(trimmed(this.#inline(node, node.from, node.to)));
      }
    }
    while (cells.length < columns) cells.push([]);
    return cells;
  }

  #tex(node: SyntaxNode): string {
    const text = withoutMargin(this.#source.slice(node.from, node.to)).trim();
    const { close = '' } = openerAt(text, 0) ?? {};
    const end = text.lastIndexOf(close) + close.length;
    return `${texOf(text.slice(0, end))}${text.slice(end).trim()}`;
  }
}

/** Lines of a block without the marks and indents of the enclosing blocks. */
function withoutMargin(text: string): string {
  return text.replace(/\n[ \t>]+/g, '\n');
}

function alignmentsOf(row: string): readonly Alignment[] {
  const cells = row.trim().replace(/^\|/, '').replace(/\|$/, '').split('|');
  return cells.map((cell) => {
    const [left, right] = [cell.trim().startsWith(':'), cell.trim().endsWith(':')];
    if (left && right) return 'center';
    return right ? 'right' : left ? 'left' : null;
  });
}

function trimmed(nodes: readonly Inline[]): readonly Inline[] {
  const [first, ...rest] = nodes;
  return first?.type === 'text' ? [{ type: 'text', text: first.text.trimStart() }, ...rest] : nodes;
}
