/** A token bucket: a burst of `atOnce` messages, then `perSecond` messages a second. */
export class RateLimit {
  readonly #atOnce: number;
  readonly #perSecond: number;
  #left: number;
  #atMs = 0;

  constructor({ atOnce, perSecond }: { atOnce: number; perSecond: number }) {
    this.#atOnce = atOnce;
    this.#perSecond = perSecond;
    this.#left = atOnce;
  }

  /** False if the message exceeds the limit. `nowMs` never goes back. */
  take(nowMs: number): boolean {
    const gained = ((nowMs - this.#atMs) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#atOnce, this.#left + gained);
    this.#atMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
