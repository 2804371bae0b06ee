/**
 * Detects whether a frame was moved on the screen, from pointer events only. A page's zoom, which the frame
 * cannot read, scales the pointer's distance on the screen by a constant factor against its distance in the
 * frame.
 */

type Point = Pick<PointerEvent, 'clientX' | 'clientY' | 'screenX' | 'screenY'>;

/** Both coordinates may be rounded to whole pixels. */
const slackPixels = 3;

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
