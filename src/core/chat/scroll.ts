/** Where a reader is in a scrolling list. */

/** All in CSS pixels, as an element has them. */
export interface ScrollPosition {
  readonly scrollTop: number;
  readonly clientHeight: number;
  readonly scrollHeight: number;
}

/** Zoomed pages round these by a pixel or two, and a touch seldom ends exactly at the end. */
const slackPixels = 48;

function isAtEnd({ scrollTop, clientHeight, scrollHeight }: ScrollPosition): boolean {
  return scrollHeight - scrollTop - clientHeight <= slackPixels;
}

/**
 * Whether a list that grows should go on showing its end: until its reader scrolls up. That the end has
 * moved away by itself, because the list grew, is no sign of that.
 * @param lastTop Where the list was scrolled to before.
 */
export function followsEnd(follows: boolean, now: ScrollPosition, lastTop: number): boolean {
  return isAtEnd(now) || (follows && now.scrollTop >= lastTop);
}
