/** Converts Lezer's tree of a paragraph's content into inline nodes. */
import type { SyntaxNode } from '@lezer/common';
import { bounds } from './bounds';
import { decodeEntity } from './entities';
import { texOf } from './formula-marks';
import { linkTarget } from './link-target';
import type { Inline } from './nodes';

const wrappers: Readonly<Record<string, 'strong' | 'emphasis' | 'strike'>> = {
  StrongEmphasis: 'strong',
  Emphasis: 'emphasis',
  Strikethrough: 'strike',
};

/**
 * Marks without text: those of enclosing blocks, which Lezer leaves in a paragraph's content, and of emphasis.
 */
const silent: ReadonlySet<string> = new Set([
  'QuoteMark',
  'HeaderMark',
  'TaskMarker',
  'EmphasisMark',
  'StrikethroughMark',
]);

export class InlineReader {
  readonly #source: string;
  /** Text that is not in a node yet. */
  #text = '';
  #nodes: Inline[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** The content of `node` between `from` and `end`, `end` excluded. */
  read(node: SyntaxNode, from = node.from, end = node.to): readonly Inline[] {
    this.#walk(node.firstChild, from, end);
    return this.#finish();
  }

  #walk(first: SyntaxNode | null, from: number, end: number): void {
    let at = from;
    for (let child = first; child && child.to <= end; child = child.nextSibling) {
      if (child.from < at) continue;
      this.#literal(at, child.from);
      this.#node(child);
      at = child.to;
    }
    this.#literal(at, end);
  }

  #node(node: SyntaxNode): void {
    const { name, from, to } = node;
    const wrapper = wrappers[name];
    if (wrapper) this.#wrapper(node, wrapper);
    else if (silent.has(name)) return;
    else if (name === 'Escape') this.#text += this.#source.slice(from + 1, to);
    else if (name === 'Entity') this.#text += decodeEntity(this.#source.slice(from, to));
    else if (name === 'LineBreak') this.#push({ type: 'break' });
    else if (name === 'InlineCode') this.#code(node);
    else if (name === 'Formula') this.#formula(from, to, false);
    else if (name === 'DisplayFormula') this.#formula(from, to, true);
    else if (name === 'Autolink') this.#address(this.#source.slice(from + 1, to - 1));
    else if (name === 'BareAddress') this.#address(this.#source.slice(from, to));
    else if (name === 'Link' || name === 'Image') this.#link(node);
    else this.#literal(from, to);
  }

  #wrapper(node: SyntaxNode, type: 'strong' | 'emphasis' | 'strike'): void {
    const { from, to } = node;
    const [open, close] = [node.firstChild, node.lastChild];
    if (to - from > bounds.spanCharacters || !open || !close) {
      this.#literalNode(node);
      return;
    }
    const children = new InlineReader(this.#source).read(node, open.to, close.from);
    this.#push({ type, children });
  }

  /** Shows a node with its marks, as plain text. */
  #literalNode(node: SyntaxNode): void {
    let at = node.from;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      this.#literal(at, child.from);
      if (child.firstChild || !/Mark$|^URL$|^Link(?:Title|Label)$/.test(child.name)) {
        this.#node(child);
      } else if (child.name !== 'QuoteMark') this.#literal(child.from, child.to);
      at = child.to;
    }
    this.#literal(at, node.to);
  }

  #code(node: SyntaxNode): void {
    const marks = (node.firstChild?.to ?? node.from) - node.from;
    const inner = joined(this.#source.slice(node.from + marks, node.to - marks), ' ');
    const isPadded = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== '';
    this.#push({ type: 'code', text: isPadded ? inner.slice(1, -1) : inner });
  }

  #formula(from: number, to: number, display: boolean): void {
    const tex = joined(texOf(this.#source.slice(from, to)), '\n');
    this.#push({ type: 'formula', tex, display });
  }

  #address(text: string): void {
    const isMail = /^[^:/]+@/.test(text);
    const target = linkTarget(
      isMail ? `mailto:${text}` : text.replace(/^www\./i, (www) => `https://${www}`),
    );
    if (target) this.#push({ type: 'link', target, children: [{ type: 'text', text }] });
    else this.#text += text;
  }

  /** Only `[words](address)` is a link; with a disallowed address, all of it is text. */
  #link(node: SyntaxNode): void {
    const url = node.getChild('URL');
    const [open, close] = node.getChildren('LinkMark');
    const words = open && close ? close.from - open.to : 0;
    const isWithin = words <= bounds.spanCharacters && node.to - node.from <= bounds.linkCharacters;
    if (!url || !open || !close || !isWithin) {
      this.#literalNode(node);
      return;
    }
    const address = plainAddress(this.#source.slice(url.from, url.to));
    if (node.name === 'Image') {
      const alt = plainText(new InlineReader(this.#source).read(node, open.to, close.from));
      this.#push({ type: 'image', alt, source: address });
      return;
    }
    const target = linkTarget(address);
    if (!target) {
      this.#literalNode(node);
      return;
    }
    const children = new InlineReader(this.#source).read(node, open.to, close.from);
    const shown = children.length === 0 ? [{ type: 'text' as const, text: address }] : children;
    this.#push({ type: 'link', target, children: shown });
  }

  /** The indent at the beginning of a line belongs to the enclosing blocks. */
  #literal(from: number, to: number): void {
    if (from >= to) return;
    const isLineStart = this.#text === '' && this.#nodes.at(-1)?.type === 'break';
    const text = this.#source.slice(from, to);
    this.#text += isLineStart ? text.replace(/^[ \t]+/, '') : text;
  }

  #push(node: Inline): void {
    this.#flush();
    this.#nodes.push(node);
  }

  #flush(): void {
    if (this.#text !== '') this.#nodes.push({ type: 'text', text: this.#text });
    this.#text = '';
  }

  #finish(): readonly Inline[] {
    this.#flush();
    return this.#nodes;
  }
}

/** Joins lines, without the marks and indents of the enclosing blocks. */
function joined(text: string, separator: string): string {
  return text.replace(/\n[ \t>]*/g, separator);
}

/** An address as written, which may have angle brackets, escapes and entities. */
function plainAddress(written: string): string {
  return written
    .replace(/^<(.*)>$/s, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&(?:#\d+|#x[a-f\d]+|\w+);/gi, decodeEntity);
}

export function plainText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text' || node.type === 'code') return node.text;
      if (node.type === 'break') return ' ';
      if (node.type === 'image') return node.alt;
      return node.type === 'formula' ? node.tex : plainText(node.children);
    })
    .join('');
}
