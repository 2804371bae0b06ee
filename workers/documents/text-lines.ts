/** Gathers the text of a markup format: blocks become lines, white space within one is a single space. */
export class TextLines {
  readonly #lines: string[] = [];
  #line = '';
  #prefix = '';

  /** White space as it stands in markup. */
  add(text: string): void {
    this.#line += text.replace(/\s+/g, ' ');
  }

  /** As it is, as in preformatted text. */
  addLines(text: string): void {
    const [first = '', ...others] = text.split('\n');
    this.#line += first;
    for (const line of others) {
      this.#end(this.#line);
      this.#line = line;
    }
  }

  /** What comes next is a line of its own; `prefix` is a heading's or a list's mark. */
  newLine(prefix = ''): void {
    const line = this.#line.trim();
    if (line !== '') this.#end(line);
    this.#line = '';
    this.#prefix = prefix;
  }

  newParagraph(prefix = ''): void {
    this.newLine(prefix);
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('');
  }

  toString(): string {
    this.newLine();
    return this.#lines.join('\n').trim();
  }

  #end(line: string): void {
    this.#lines.push(this.#prefix + line);
    this.#prefix = '';
  }
}
