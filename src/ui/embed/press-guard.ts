/**
 * Tells a press that was meant from one that was caught: a site can put the question under a pointer that is
 * about to press something else, or take the focus of somebody who is typing.
 */

/** A person needs longer than this from seeing a question to pressing its answer. */
const leastMs = 600;
/** A hand that rests jitters by less, and one that moves is heard of more often. */
const jumpPixels = 40;
const gapMs = 300;

export type Verdict = 'yes' | 'again' | 'no';

export class PressGuard {
  #enteredAtMs = Infinity;
  #last = { x: 0, y: 0, atMs: 0 };
  #pressed: { readonly isKey: boolean; readonly atMs: number } | null = null;
  /** Where the frame is on the screen. */
  #place = '';

  /** The question can be seen, or no longer. */
  seen(visible: boolean): void {
    if (!visible) this.#pressed = null;
  }

  /** A frame is not told when a pointer leaves it: one that has jumped, or under which it moved, has just come. */
  moved({ screenX, screenY, clientX, clientY }: PointerEvent): void {
    const place = `${Math.round(screenX - clientX)} ${Math.round(screenY - clientY)}`;
    const jumped = Math.hypot(clientX - this.#last.x, clientY - this.#last.y) > jumpPixels;
    const nowMs = performance.now();
    const isNew = place !== this.#place || (jumped && nowMs - this.#last.atMs > gapMs);
    if (isNew) this.#enteredAtMs = nowMs;
    this.#place = place;
    this.#last = { x: clientX, y: clientY, atMs: nowMs };
  }

  /** `again`: it may have been meant; a second press of the same kind, after a while, will do. */
  judge({ isTrusted, detail }: MouseEvent, { visible }: { visible: boolean }): Verdict {
    if (!isTrusted || !visible) return 'no';
    const nowMs = performance.now();
    const isKey = detail === 0;
    // A key has no way that it came; a finger comes with the press.
    const isAwaited = !isKey && nowMs - this.#enteredAtMs >= leastMs;
    const before = this.#pressed;
    if (isAwaited || (before?.isKey === isKey && nowMs - before.atMs >= leastMs)) return 'yes';
    if (before?.isKey !== isKey) this.#pressed = { isKey, atMs: nowMs };
    return 'again';
  }
}
