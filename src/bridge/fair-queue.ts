/** A queue that takes turns among owners: a turn is all items that its owner adds before the turn ends. */
export class FairQueue<Owner, Item> {
  /** The waiting items of each owner, in the order of turns; no list is empty. */
  readonly #waiting = new Map<Owner, Item[]>();
  /** The owner whose turn it is. */
  #holder: Owner | null = null;

  get holder(): Owner | null {
    return this.#holder;
  }

  add(owner: Owner, item: Item): void {
    const items = this.#waiting.get(owner);
    if (items) items.push(item);
    else this.#waiting.set(owner, [item]);
  }

  /** False if it is not in the queue. */
  remove(owner: Owner, item: Item): boolean {
    const items = this.#waiting.get(owner) ?? [];
    const remaining = items.filter((one) => one !== item);
    if (remaining.length === items.length) return false;
    this.#put(owner, remaining);
    return true;
  }

  /** The next item of the owner whose turn it is, or else of the next owner; null if there is none. */
  next(): Item | null {
    this.#holder ??= this.#waiting.keys().next().value ?? null;
    if (this.#holder === null) return null;
    const [item, ...others] = this.#waiting.get(this.#holder) ?? [];
    this.#put(this.#holder, others);
    return item ?? null;
  }

  /** Ends the turn; the owner's remaining items wait for one turn of each other owner. */
  endTurn(): void {
    const owner = this.#holder;
    this.#holder = null;
    if (owner === null) return;
    const items = this.#waiting.get(owner) ?? [];
    this.#waiting.delete(owner);
    this.#put(owner, items);
  }

  /** All waiting items, in any order. */
  *[Symbol.iterator](): Generator<Item> {
    for (const items of this.#waiting.values()) yield* items;
  }

  #put(owner: Owner, items: Item[]): void {
    if (items.length > 0) this.#waiting.set(owner, items);
    else this.#waiting.delete(owner);
  }
}
