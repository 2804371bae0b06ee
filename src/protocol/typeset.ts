/** The wire format between a page and the typesetting worker, which colours code and sets formulas. */

/** So many characters, and what the highlighter takes them for: `keyword`, or empty for nothing. */
export type Span = readonly [length: number, scope: string];

export type TypesetRequest =
  | {
      readonly type: 'code';
      readonly requestId: number;
      readonly language: string;
      readonly code: string;
    }
  | {
      readonly type: 'formula';
      readonly requestId: number;
      readonly tex: string;
      readonly display: boolean;
    };

export type TypesetEvent =
  | { readonly type: 'code'; readonly requestId: number; readonly spans: readonly Span[] }
  /** MathML as XML. It was made from what a model wrote: not to be trusted. */
  | { readonly type: 'formula'; readonly requestId: number; readonly mathml: string }
  /** It cannot be set: an unknown language, a formula with an error. */
  | { readonly type: 'failed'; readonly requestId: number };
