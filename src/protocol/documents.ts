/** The wire format between the page and the documents worker, which reads files and searches in their text. */

export const documentKinds = ['text', 'markdown', 'csv', 'html', 'pdf', 'word', 'epub'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What comes of a file. */
export interface DocumentText {
  readonly kind: DocumentKind;
  /** Headings are lines that begin with `#`, as in Markdown. */
  readonly text: string;
  /** Where in the text each page begins, in UTF-16 units; absent where the format has no pages. */
  readonly pageStarts?: readonly number[] | undefined;
}

export interface FoundPassage {
  /** In UTF-16 units of the document's text; `to` is behind the last one. */
  readonly from: number;
  readonly to: number;
  /** From 1. */
  readonly page?: number;
  /** Comparable among the passages of one search. */
  readonly score: number;
}

export type DocumentRequest =
  | { readonly type: 'read'; readonly file: Blob; readonly name: string }
  /** Makes a document's text searchable, under that id. */
  | { readonly type: 'index'; readonly documentId: string; readonly document: DocumentText }
  /** In a document that has been indexed. */
  | {
      readonly type: 'search';
      readonly documentId: string;
      readonly query: string;
      readonly limit: number;
    };

export type DocumentEvent =
  | { readonly type: 'progress'; readonly progress01: number }
  | { readonly type: 'read'; readonly document: DocumentText }
  | { readonly type: 'indexed'; readonly passages: number }
  /** The best first; from the document's beginning where nothing matches. */
  | { readonly type: 'found'; readonly passages: readonly FoundPassage[] };
