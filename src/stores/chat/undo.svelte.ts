/** Offers to undo the last deletion. */

export type Deleted = 'message' | 'temporary' | { readonly chats: number };

/** Long enough to read it twice; the focus on it extends the time. */
const offerMs = 20_000;

export class Undo {
  /** The deletion that can be undone now; null for none. */
  offer = $state.raw<{ readonly what: Deleted; readonly run: () => void } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  propose(what: Deleted, run: () => void): void {
    this.offer = { what, run };
    this.resume();
  }

  accept(): void {
    this.offer?.run();
    this.dismiss();
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.offer = null;
  }

  /** Keeps the offer while the visitor is about to use it. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), offerMs);
  }
}
