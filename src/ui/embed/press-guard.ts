/**
 * Distinguishes a press that answers a question from one that was meant for something else. A site can put a
 * question under a pointer that is about to press, or take the focus while the visitor types. So an answer
 * counts only after the question was visible and had the focus for a second without any press or movement.
 */

export const quietMs = 1000;

type Down = Pick<PointerEvent | KeyboardEvent, 'type' | 'isTrusted'> & {
  readonly repeat?: boolean;
};

export class PressGuard {
  readonly #onReady: (ready: boolean) => void;
  readonly #moveDetector = new FrameMoveDetector();
  #isVisible = false;
  #hasFocus = false;
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The last press, and whether its click may answer. */
  #down: { readonly isKey: boolean; readonly counts: boolean } | null = null;

  /** `onReady` is called when it changes whether a press would answer now. */
  constructor(onReady: (ready: boolean) => void) {
    this.#onReady = onReady;
  }

  /** The question has become visible or hidden. */
  seen(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    this.#restart();
  }

  /** Whether this document has the focus, on any element. */
  focused(hasFocus: boolean): void {
    if (hasFocus === this.#hasFocus) return;
    this.#hasFocus = hasFocus;
    this.#restart();
  }

  moved(event: PointerEvent): void {
    if (this.#moveDetector.hasMoved(event)) this.#restart();
  }

  /** A pointer or a key goes down, anywhere in this document. */
  pressed({ type, isTrusted, repeat = false }: Down): void {
    this.#down = { isKey: type === 'keydown', counts: this.#isReady && isTrusted && !repeat };
    this.#restart();
  }

  /**
   * Whether the click is an answer. `detail` is 1 for a pointer's click, 0 for a key's, and more for repeated
   * clicks.
   */
  accepts({ isTrusted, detail }: MouseEvent): boolean {
    // Assistive technology clicks without any pointer or key event.
    const down = this.#down ?? { isKey: detail === 0, counts: this.#isReady };
    this.#down = null;
    const isSame = detail === (down.isKey ? 0 : 1);
    return isTrusted && isSame && down.counts && this.#isVisible && this.#hasFocus;
  }

  /** Listens to the window's presses and focus; returns the function that stops it. */
  listen(): () => void {
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    const press = (event: PointerEvent | KeyboardEvent) => this.pressed(event);
    addEventListener('pointermove', (event) => this.moved(event), options);
    addEventListener('pointerdown', (event) => (this.moved(event), press(event)), options);
    addEventListener('keydown', press, options);
    const look = () => this.focused(document.hasFocus() && document.visibilityState === 'visible');
    for (const name of ['focus', 'blur', 'visibilitychange']) addEventListener(name, look, options);
    look();
    return () => {
      listening.abort();
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

type Point = Pick<PointerEvent, 'clientX' | 'clientY' | 'screenX' | 'screenY'>;

/** Both coordinates may be rounded to whole pixels. */
const slackPixels = 3;

/**
 * Detects whether a frame was moved on the screen, from pointer events only. The zoom of the page, which the frame
 * cannot read, scales the distances on the screen by a constant factor.
 */
export class FrameMoveDetector {
  #last: Point | null = null;
  #zoom = 1;
  /** A single change means that the frame was moved; the same change twice means zoom. */
  #supposedZoom = 0;

  hasMoved({ clientX, clientY, screenX, screenY }: Point): boolean {
    const last = this.#last;
    this.#last = { clientX, clientY, screenX, screenY };
    if (!last) return false;
    const [x, y] = [clientX - last.clientX, clientY - last.clientY];
    const [onScreenX, onScreenY] = [screenX - last.screenX, screenY - last.screenY];
    const fits = (zoom: number) =>
      Math.hypot(onScreenX - zoom * x, onScreenY - zoom * y) <= slackPixels;
    if (fits(this.#zoom)) return false;
    const zoom = (onScreenX * x + onScreenY * y) / (x * x + y * y);
    const isZoom = zoom > 0.2 && zoom < 6 && fits(zoom);
    const isSame = isZoom && Math.abs(zoom / this.#supposedZoom - 1) < 0.05;
    this.#supposedZoom = isZoom ? zoom : 0;
    if (isSame) this.#zoom = zoom;
    return !isSame;
  }
}
