/** Trims texts with loops: a pattern such as ` +$` takes quadratic time on long runs of spaces. */

/** Removes those characters from the end. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Removes blank lines from the beginning. */
export function withoutBlankLines(text: string): string {
  const start = text.length - text.trimStart().length;
  return text.slice(text.lastIndexOf('\n', start - 1) + 1);
}

/**
 * Removes blank lines from both ends. The first line keeps its indent, which may be that of code; fewer than
 * four spaces before a single line are removed as a slip.
 */
export function withoutBlankEnds(text: string): string {
  const body = withoutBlankLines(text.trimEnd());
  return body.includes('\n') ? body : body.replace(/^[^\S\t]{1,3}(?=\S)/, '');
}
