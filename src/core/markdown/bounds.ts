/** How much of an answer is parsed as markdown; beyond a bound, the text is shown as written. */
export const bounds = {
  /** About 25,000 tokens, more than any answer of the offered models. */
  documentCharacters: 100_000,
  blocks: 4_000,
  /** The limit of a paragraph, a heading or a list item's text: matching brackets may take quadratic time. */
  inlineCharacters: 5_000,
  /** The depth of nested quotes, lists and items. */
  nesting: 16,
  tableRowCharacters: 2_000,
  tableCells: 2_000,
  linkCharacters: 2_000,
  formulaCharacters: 2_000,
  /**
   * The limit of emphasis, inline code and a link's words. Unfinished markup of a growing answer is held back
   * up to this length, so that shown text never has to be parsed again.
   */
  spanCharacters: 300,
  /** Plain text beyond the bounds is drawn in pieces of this size, so that no piece is slow. */
  plainPieceCharacters: 8_000,
  /** Longer code is not highlighted. */
  highlightCharacters: 30_000,
} as const;
