/** Parses an answer into blocks; while it grows, only its end is parsed again. */
import { type Tree, TreeFragment } from '@lezer/common';
import { bounds } from './bounds';
import { dialect } from './dialect';
import type { Block } from './nodes';
import { BlockReader, type ReadBlock } from './read-blocks';
import { fenceAtEnd, isLineUndecided, settledEnd } from './unsettled';

/** Blocks in groups of a dozen: an unchanged group needs one comparison when it is drawn. */
const groupBlocks = 12;

export interface MarkdownView {
  /** All blocks within the bound; an unchanged group is the same array. */
  readonly groups: readonly (readonly Block[])[];
  /** The text beyond the bound, in pieces. */
  readonly plain: readonly string[];
}

interface Reading {
  readonly source: string;
  readonly tree: Tree;
}

const nothing: MarkdownView = { groups: [], plain: [] };

export class MarkdownDocument {
  readonly #reader = new BlockReader();
  /** The reading of the complete lines. */
  #lines: Reading | null = null;
  #whole: Reading | null = null;
  #written = '';
  #growing = false;
  readonly #blocks: ReadBlock[] = [];
  /** After each block, the heading marks of the current outline. */
  readonly #outlines: (readonly number[])[] = [];
  #view: MarkdownView = nothing;

  /**
   * @param written The whole answer so far.
   * @param growing Whether more may follow: then the undecided end is left out of the view.
   */
  update(written: string, growing: boolean): MarkdownView {
    if (written === this.#written && growing === this.#growing) return this.#view;
    this.#written = written;
    this.#growing = growing;
    const text = clean(written);
    const source = text.slice(0, bounds.documentCharacters);
    const isWhole = source.length === text.length;
    if (this.#whole && !source.startsWith(this.#whole.source)) this.#forget();
    const shown = growing && isWhole ? this.#decided(source) : source;
    this.#whole = this.#parse(shown, this.#lines ?? this.#whole);
    const end = growing && isWhole ? settledEnd(this.#whole.tree, shown) : shown.length;
    this.#read(this.#whole, end);
    const beyond = this.#beyondBlocks() ?? source.length;
    this.#view = { groups: this.#view.groups, plain: pieces(text.slice(beyond)) };
    return this.#view;
  }

  #forget(): void {
    this.#lines = null;
    this.#whole = null;
  }

  /** The text without its last line, if the kind of that line is still undecided. */
  #decided(source: string): string {
    const lineStart = source.lastIndexOf('\n') + 1;
    if (this.#lines?.source.length !== lineStart) {
      this.#lines = this.#parse(source.slice(0, lineStart), this.#lines);
    }
    const fence = fenceAtEnd(this.#lines.tree, lineStart);
    const isUndecided = isLineUndecided(source.slice(lineStart), fence);
    return isUndecided ? source.slice(0, lineStart) : source;
  }

  #parse(source: string, before: Reading | null): Reading {
    if (before?.source === source) return before;
    const fragments = before ? reusable(before, source) : [];
    return { source, tree: dialect.parse(source, fragments) };
  }

  #read({ tree, source }: Reading, end: number): void {
    const { same, read } = this.#reader.readDocument(tree, source, end, this.#blocks);
    if (read.length === 0 && same === this.#blocks.length) return;
    this.#outlines.length = same;
    this.#blocks.length = same;
    for (const { tree, block } of read) this.#blocks.push({ tree, block: this.#placed(block) });
    this.#group(same);
  }

  /** Gives a heading the level of its place in the outline: no level is skipped, whatever was written. */
  #placed(block: Block): Block {
    const outline = this.#outlines.at(-1) ?? [];
    if (block.type !== 'heading') {
      this.#outlines.push(outline);
      return block;
    }
    const under = outline.filter((mark) => mark < block.mark);
    this.#outlines.push([...under, block.mark]);
    return { ...block, level: Math.min(6, under.length + 2) };
  }

  /** Where the first block beyond the bound begins; null if there is none. */
  #beyondBlocks(): number | null {
    return this.#blocks[bounds.blocks]?.block.key ?? null;
  }

  #group(from: number): void {
    const first = Math.floor(from / groupBlocks);
    const groups = this.#view.groups.slice(0, first);
    const count = Math.min(this.#blocks.length, bounds.blocks);
    for (let at = first * groupBlocks; at < count; at += groupBlocks) {
      const group = this.#blocks.slice(at, Math.min(at + groupBlocks, count));
      groups.push(group.map(({ block }) => block));
    }
    this.#view = { ...this.#view, groups };
  }
}

function reusable(before: Reading, source: string): readonly TreeFragment[] {
  const length = Math.min(before.source.length, source.length);
  return TreeFragment.applyChanges(TreeFragment.addTree(before.tree), [
    { fromA: length, toA: before.source.length, fromB: length, toB: source.length },
  ]);
}

function clean(text: string): string {
  return /[\r\0]/.test(text) ? text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd') : text;
}

function pieces(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += bounds.plainPieceCharacters) {
    found.push(text.slice(at, at + bounds.plainPieceCharacters));
  }
  return found;
}
