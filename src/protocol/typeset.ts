/** The wire format between a page and the typesetting worker, which highlights code and sets formulas. */

/** A number of characters and their highlighter scope, such as `keyword`; empty for none. */
export type Span = readonly [length: number, scope: string];

export type TypesetRequest =
  | { readonly type: 'highlight'; readonly language: string; readonly code: string }
  | { readonly type: 'set-formula'; readonly tex: string; readonly display: boolean };

export type TypesetEvent =
  | { readonly type: 'highlighted'; readonly spans: readonly Span[] }
  /** MathML as XML. It is made from a model's text: do not trust it. */
  | { readonly type: 'formula-set'; readonly mathml: string }
  /** The language is unknown, or the formula has an error. */
  | { readonly type: 'refused' };
