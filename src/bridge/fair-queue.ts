/** Takes turns among several who wait: a turn is all that one of them asks until it ends. */
export class FairQueue<Owner, Item> {
  /** Of those who wait, in the order of their next turns; nobody has an empty list. */
  readonly #waiting = new Map<Owner, Item[]>();
  /** Whose turn it is. */
  #holder: Owner | null = null;

  get holder(): Owner | null {
    return this.#holder;
  }

  add(owner: Owner, item: Item): void {
    const items = this.#waiting.get(owner);
    if (items) items.push(item);
    else this.#waiting.set(owner, [item]);
  }

  /** False if it is not there any more. */
  remove(owner: Owner, item: Item): boolean {
    const items = this.#waiting.get(owner) ?? [];
    const kept = items.filter((one) => one !== item);
    if (kept.length === items.length) return false;
    this.#put(owner, kept);
    return true;
  }

  /** The next item of whose turn it is, or of who is next; null if there is none, or another turn has not ended. */
  next(): Item | null {
    this.#holder ??= this.#waiting.keys().next().value ?? null;
    if (this.#holder === null) return null;
    const [item, ...others] = this.#waiting.get(this.#holder) ?? [];
    this.#put(this.#holder, others);
    return item ?? null;
  }

  /** What its owner still waits for comes after one turn of everybody else who waits. */
  endTurn(): void {
    const owner = this.#holder;
    this.#holder = null;
    if (owner === null) return;
    const items = this.#waiting.get(owner) ?? [];
    this.#waiting.delete(owner);
    this.#put(owner, items);
  }

  /** Everything that waits, in no order that matters. */
  *[Symbol.iterator](): Generator<Item> {
    for (const items of this.#waiting.values()) yield* items;
  }

  #put(owner: Owner, items: Item[]): void {
    if (items.length > 0) this.#waiting.set(owner, items);
    else this.#waiting.delete(owner);
  }
}
