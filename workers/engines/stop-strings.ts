/** Ends an answer before a stop string, even if that spans several tokens. */

export class StopStrings {
  /** True once a stop string was found. */
  found = false;
  readonly #strings: readonly string[];
  /** The texts of the newest tokens, which may begin a stop string and are not shown yet. */
  #held: string[] = [];

  constructor(strings: readonly string[]) {
    this.#strings = strings;
  }

  /** Takes the next token's text; returns the texts that can be shown now, one for each token. */
  add(text: string): readonly string[] {
    this.#held.push(text);
    const whole = this.#held.join('');
    const starts = this.#strings.map((stop) => whole.indexOf(stop)).filter((at) => at >= 0);
    if (starts.length > 0) {
      this.found = true;
      this.#held = cutAt(this.#held, Math.min(...starts));
      return this.rest();
    }
    const safeLength = whole.length - this.#beginningAtEnd(whole);
    let count = 0;
    for (let length = 0; count < this.#held.length; count += 1) {
      length += this.#held[count]!.length;
      if (length > safeLength) break;
    }
    return this.#held.splice(0, count);
  }

  /** The remaining texts, for an answer that ends for another reason. */
  rest(): readonly string[] {
    return this.#held.splice(0);
  }

  /** The length of the text's end that begins a stop string. */
  #beginningAtEnd(text: string): number {
    const longest = Math.max(0, ...this.#strings.map(({ length }) => length - 1));
    for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
      const end = text.slice(-length);
      if (this.#strings.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}

/** Cuts the texts after that many characters in total. Their number stays the same, so some become empty. */
function cutAt(texts: readonly string[], length: number): string[] {
  let left = length;
  return texts.map((text) => {
    const kept = text.slice(0, left);
    left -= kept.length;
    return kept;
  });
}
