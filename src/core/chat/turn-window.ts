/**
 * Which turns of a long conversation are drawn, and whether the list follows its growing end. The range grows in
 * the direction in which the reader scrolls.
 */

/** From `start` up to, but not including, `end`; both count from 0. */
export interface TurnWindow {
  readonly start: number;
  /** Null for the end of the conversation. */
  readonly end: number | null;
}

/** A few screens: a conversation opens at once, however long it is. */
const openTurns = 30;
const moreTurns = 40;

export function lastTurns(count: number): TurnWindow {
  return { start: Math.max(0, count - openTurns), end: null };
}

/** The window around the turn at index `at`. */
export function turnsAround(at: number, count: number): TurnWindow {
  const start = Math.max(0, at - openTurns / 2);
  return withEnd(start, at + openTurns / 2, count);
}

export function withEarlier({ start, end }: TurnWindow): TurnWindow {
  return { start: Math.max(0, start - moreTurns), end };
}

export function withLater({ start, end }: TurnWindow, count: number): TurnWindow {
  return end === null ? { start, end } : withEnd(start, end + moreTurns, count);
}

const withEnd = (start: number, end: number, count: number): TurnWindow => ({
  start,
  end: end >= count ? null : end,
});

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
