/** What the page asks of the pattern worker; the answer is a boolean. */
export interface PatternRequest {
  readonly source: string;
  readonly text: string;
}
