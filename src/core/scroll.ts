/** Where a reader is in a scrolling list. */

/** All in CSS pixels, as an element has them. */
export interface ScrollPosition {
  readonly scrollTop: number;
  readonly clientHeight: number;
  readonly scrollHeight: number;
}

/** Zoomed pages round these by a pixel or two, and a touch seldom ends exactly at the end. */
const slackPixels = 48;

export function isAtEnd({ scrollTop, clientHeight, scrollHeight }: ScrollPosition): boolean {
  return scrollHeight - scrollTop - clientHeight <= slackPixels;
}
