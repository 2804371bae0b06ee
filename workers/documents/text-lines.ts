/** Collects the text of a markup format: blocks become lines, and white space in a block becomes a single space. */
export class TextLines {
  readonly #lines: string[] = [];
  #line = '';
  #prefix = '';

  /** Adds text in which white space collapses, as in markup. */
  add(text: string): void {
    this.#line += text.replace(/\s+/g, ' ');
  }

  /** Adds text unchanged, as in preformatted text. */
  addLines(text: string): void {
    const [first = '', ...others] = text.split('\n');
    this.#line += first;
    for (const line of others) {
      this.#end(this.#line);
      this.#line = line;
    }
  }

  /** Starts a new line; `prefix` is the mark of a heading or a list. */
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
