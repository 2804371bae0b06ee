/** Decides whether a scrolling list follows its growing end. */

/** In CSS pixels, named as in an element. */
export interface ScrollPosition {
  readonly scrollTop: number;
  readonly clientHeight: number;
  readonly scrollHeight: number;
}

/** Zoomed pages round positions by a pixel or two, and a swipe seldom stops exactly at the end. */
const slackPixels = 48;

function isAtEnd({ scrollTop, clientHeight, scrollHeight }: ScrollPosition): boolean {
  return scrollHeight - scrollTop - clientHeight <= slackPixels;
}

/**
 * Whether a growing list should stay at its end: until its reader scrolls up. An end that moved away because
 * the list grew does not count as scrolling.
 * @param lastTop The `scrollTop` before.
 */
export function followsEnd(follows: boolean, now: ScrollPosition, lastTop: number): boolean {
  return isAtEnd(now) || (follows && now.scrollTop >= lastTop);
}
