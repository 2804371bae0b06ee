/** Counts the tokens of a model's thoughts, and tells when they must end. */
import type { ThoughtLimit } from '../../src/protocol/engine';

export class ThoughtBudget {
  readonly #limit: ThoughtLimit;
  #place: 'before' | 'inside' | 'after';
  /** The end of the answer, in which a mark may be found. */
  #end = '';
  #tokens = 0;

  constructor(limit: ThoughtLimit) {
    this.#limit = limit;
    this.#place = limit.isOpen ? 'inside' : 'before';
  }

  /** The model is still thinking, and its budget is used up. */
  get isSpent(): boolean {
    return this.#place === 'inside' && this.#tokens >= this.#limit.budgetTokens;
  }

  /** The text of the answer's next token. */
  add(text: string): void {
    const { opening, closing } = this.#limit;
    if (this.#place === 'after') return;
    if (this.#place === 'inside') {
      this.#tokens += 1;
      this.#end += text;
      if (this.#end.includes(closing)) this.#place = 'after';
      // A mark may consist of several tokens.
      else this.#end = this.#end.slice(1 - closing.length);
      return;
    }
    this.#end = (this.#end + text).trimStart();
    if (this.#end.startsWith(opening)) {
      this.#place = 'inside';
      this.#end = this.#end.slice(opening.length);
    } else if (!opening.startsWith(this.#end)) this.#place = 'after';
  }
}
