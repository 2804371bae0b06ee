/** The one thing that was deleted last, and how to get it back. */

export type Deleted = 'message' | 'conversation' | 'temporary';

/** Long enough to read it twice; whoever needs more can keep the focus on it. */
const offerMs = 20_000;

export class Undo {
  /** What can be taken back now; null if there is nothing. */
  offer = $state.raw<{ readonly what: Deleted; readonly run: () => void } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  propose(what: Deleted, run: () => void): void {
    this.offer = { what, run };
    this.resume();
  }

  take(): void {
    this.offer?.run();
    this.dismiss();
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.offer = null;
  }

  /** Keeps the offer while somebody is about to take it. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), offerMs);
  }
}
