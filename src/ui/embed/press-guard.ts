/**
 * Tells a press that answers a question from one that was meant for something else. A site can put a question
 * under a pointer that is about to press, or take the focus of somebody who is typing: so nobody answers before
 * the question was seen, with the focus, for a second in which nothing was pressed or moved.
 */
import { FramePlace } from './frame-place';

export const quietMs = 1000;

type Down = Pick<PointerEvent | KeyboardEvent, 'type' | 'isTrusted'> & {
  readonly repeat?: boolean;
};

export class PressGuard {
  readonly #onReady: (ready: boolean) => void;
  readonly #place = new FramePlace();
  #isVisible = false;
  #hasFocus = false;
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The last press, and whether its click may answer. */
  #down: { readonly isKey: boolean; readonly counts: boolean } | null = null;

  /** Calls back whenever that changes: whether a press would answer now. */
  constructor(onReady: (ready: boolean) => void) {
    this.#onReady = onReady;
  }

  /** The question can be seen, or no longer. */
  seen(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#restart();
  }

  focused(hasFocus: boolean): void {
    this.#hasFocus = hasFocus;
    this.#restart();
  }

  moved(event: PointerEvent): void {
    if (this.#place.isNewAt(event)) this.#restart();
  }

  /** A pointer or a key goes down, anywhere in this document. */
  pressed({ type, isTrusted, repeat = false }: Down): void {
    this.#down = { isKey: type === 'keydown', counts: this.#isReady && isTrusted && !repeat };
    this.#restart();
  }

  /** Whether the click is an answer. A pointer's counts as 1, a key's as 0, and several in a row as more. */
  takes({ isTrusted, detail }: MouseEvent): boolean {
    // Where assistive technology presses, no pointer and no key goes down.
    const down = this.#down ?? { isKey: detail === 0, counts: this.#isReady };
    this.#down = null;
    const isSame = detail === (down.isKey ? 0 : 1);
    return isTrusted && isSame && down.counts && this.#isVisible && this.#hasFocus;
  }

  /** Looks after the window's presses and focus; returns the end of it. */
  listen(): () => void {
    const heard = new AbortController();
    const options = { capture: true, signal: heard.signal };
    const press = (event: PointerEvent | KeyboardEvent) => this.pressed(event);
    addEventListener('pointermove', (event) => this.moved(event), options);
    addEventListener('pointerdown', (event) => (this.moved(event), press(event)), options);
    addEventListener('keydown', press, options);
    const look = () => this.focused(document.hasFocus() && document.visibilityState === 'visible');
    for (const name of ['focus', 'blur', 'visibilitychange']) addEventListener(name, look, options);
    look();
    return () => {
      heard.abort();
      clearTimeout(this.#timer);
    };
  }

  #restart(): void {
    clearTimeout(this.#timer);
    this.#set(false);
    if (this.#isVisible && this.#hasFocus) this.#timer = setTimeout(() => this.#set(true), quietMs);
  }

  #set(isReady: boolean): void {
    if (this.#isReady !== isReady) this.#onReady(isReady);
    this.#isReady = isReady;
  }
}
