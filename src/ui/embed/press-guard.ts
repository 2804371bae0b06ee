/**
 * Tells a press that was meant from one that was caught: a site can put the question under a pointer that is
 * about to press something else, or take the focus of somebody who is typing.
 */

/** A person needs longer than this from seeing a question to pressing its answer. */
const leastMs = 600;

export type Verdict = 'yes' | 'again' | 'no';

export class PressGuard {
  #enteredAtMs: number | null = null;
  #seenAtMs: number | null = null;
  #pressedAtMs: number | null = null;
  /** Where the frame is on the screen. */
  #place = '';

  /** The question can be seen, or no longer. */
  seen(visible: boolean): void {
    this.#seenAtMs = visible ? (this.#seenAtMs ?? performance.now()) : null;
    if (!visible) this.#pressedAtMs = null;
  }

  moved({ screenX, screenY, clientX, clientY }: PointerEvent): void {
    const place = `${Math.round(screenX - clientX)} ${Math.round(screenY - clientY)}`;
    if (this.#enteredAtMs === null || place !== this.#place) this.#enteredAtMs = performance.now();
    this.#place = place;
  }

  left({ relatedTarget }: PointerEvent): void {
    if (relatedTarget === null) this.#enteredAtMs = null;
  }

  /** `again`: it may have been meant; a second press, after a while, will do. */
  judge({ isTrusted, detail }: MouseEvent, { visible }: { visible: boolean }): Verdict {
    const nowMs = performance.now();
    const isLongAgo = (ms: number | null) => ms !== null && nowMs - ms >= leastMs;
    if (!isTrusted || !visible || !isLongAgo(this.#seenAtMs)) return 'no';
    const isKey = detail === 0;
    // A key has no way that it came; a pointer on a screen that is touched comes with the press.
    if (!isKey && isLongAgo(this.#enteredAtMs) && this.#enteredAtMs! < nowMs) return 'yes';
    if (isLongAgo(this.#pressedAtMs)) return 'yes';
    this.#pressedAtMs ??= nowMs;
    return 'again';
  }
}
