/** The wire format between a page and the typesetting worker, which colours code and sets formulas. */

/** So many characters, and what the highlighter takes them for: `keyword`, or empty for nothing. */
export type Span = readonly [length: number, scope: string];

export type TypesetRequest =
  | { readonly type: 'highlight'; readonly language: string; readonly code: string }
  | { readonly type: 'set-formula'; readonly tex: string; readonly display: boolean };

export type TypesetEvent =
  | { readonly type: 'highlighted'; readonly spans: readonly Span[] }
  /** MathML as XML. It was made from what a model wrote: not to be trusted. */
  | { readonly type: 'formula-set'; readonly mathml: string }
  /** An unknown language, a formula with an error. */
  | { readonly type: 'refused' };
