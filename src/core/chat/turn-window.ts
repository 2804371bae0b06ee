/** Which turns of a long conversation are drawn: a stretch that grows towards where a reader goes. */

/** From the first to before the last; both count from 0. */
export interface TurnWindow {
  readonly start: number;
  /** Null for the end, wherever that is. */
  readonly end: number | null;
}

/** A few screens, so that a conversation opens at once however long it is. */
const openTurns = 30;
const moreTurns = 40;

export function lastTurns(count: number): TurnWindow {
  return { start: Math.max(0, count - openTurns), end: null };
}

/** With the turn at that place among them. */
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
