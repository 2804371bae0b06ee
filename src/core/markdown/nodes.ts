/** The nodes of a parsed answer: plain data that components draw. */
import type { LinkTarget } from './link-target';

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'break' }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly target: LinkTarget; readonly children: readonly Inline[] }
  | { readonly type: 'image'; readonly alt: string; readonly source: string }
  | { readonly type: 'formula'; readonly tex: string; readonly display: boolean };

export type Alignment = 'left' | 'center' | 'right' | null;
export type Row = readonly (readonly Inline[])[];

export interface ListItem {
  readonly key: number;
  /** Whether a task is done; null for an item that is not a task. */
  readonly task: boolean | null;
  readonly blocks: readonly Block[];
}

/** `key` is the block's start in the text: it stays the same while an answer grows. */
export type Block = { readonly key: number } & (
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  /** `level` is the page's, from 2 on; null inside quotes and lists, where it is not a heading. */
  | {
      readonly type: 'heading';
      readonly mark: number;
      readonly level: number | null;
      readonly children: readonly Inline[];
    }
  | {
      readonly type: 'list';
      /** The number of each item, in order; null for bullets. */
      readonly numbers: readonly number[] | null;
      readonly items: readonly ListItem[];
    }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | {
      readonly type: 'code';
      readonly info: string;
      readonly text: string;
      /** False while the closing fence may still come. */
      readonly complete: boolean;
    }
  | {
      readonly type: 'table';
      readonly alignments: readonly Alignment[];
      readonly head: Row;
      readonly rows: readonly Row[];
    }
  | { readonly type: 'rule' }
  | { readonly type: 'formula'; readonly tex: string }
  | { readonly type: 'plain'; readonly text: string }
);
