/** Takes characters off a text's ends by loops: a pattern such as ` +$` tries every run of them anew. */

/** Without those characters at its end. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Without the lines at its beginning that hold nothing but white space. */
export function withoutBlankLines(text: string): string {
  const start = text.length - text.trimStart().length;
  return text.slice(text.lastIndexOf('\n', start - 1) + 1);
}

/**
 * Without blank lines at both ends; the first line keeps its indent, which may be that of code. Fewer than four
 * spaces ahead of a single line are a slip.
 */
export function withoutBlankEnds(text: string): string {
  const body = withoutBlankLines(text.trimEnd());
  return body.includes('\n') ? body : body.replace(/^[^\S\t]{1,3}(?=\S)/, '');
}
