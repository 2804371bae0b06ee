/** How much of an answer is read as markdown; beyond a bound, text is shown as it was written. */
export const bounds = {
  /** About 25,000 tokens, more than any answer of the models offered. */
  documentCharacters: 100_000,
  blocks: 4_000,
  /** Of a paragraph, a heading or a list item's text: matching of brackets may take their square. */
  inlineCharacters: 5_000,
  /** Quotes, lists and items inside one another. */
  nesting: 16,
  tableRowCharacters: 2_000,
  tableCells: 2_000,
  linkCharacters: 2_000,
  formulaCharacters: 2_000,
  /**
   * Between the marks of emphasis, inline code and a link's words. It is also how long unfinished
   * markup is held back while an answer grows, so that what was shown never has to be read anew.
   */
  spanCharacters: 300,
  /** Pieces in which plain text beyond the bounds is drawn, so that no one piece is slow. */
  plainPieceCharacters: 8_000,
  /** Longer code is shown without colours. */
  highlightCharacters: 30_000,
} as const;
