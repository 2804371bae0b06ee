/** Which rows of a long list are drawn: the visible ones and some around them. */

export interface ListWindow {
  /** From `start` up to, but not including, `end`. */
  readonly start: number;
  readonly end: number;
}

/** Extra rows around the visible ones, so that a quick scroll shows no gaps. */
const overscanRows = 8;

/** `tops` holds the top of each row, and last the bottom of the last row, in CSS pixels. */
export function rowsInSight(
  tops: readonly number[],
  { scrollTop, clientHeight }: { readonly scrollTop: number; readonly clientHeight: number },
): ListWindow {
  const count = tops.length - 1;
  const first = rowAt(tops, scrollTop);
  const last = rowAt(tops, scrollTop + clientHeight);
  return {
    start: Math.max(0, first - overscanRows),
    end: Math.min(count, last + 1 + overscanRows),
  };
}

/** The row at height `y`, by binary search. */
function rowAt(tops: readonly number[], y: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (tops[middle]! <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
