/** Which rows of a long list are drawn: those in sight, and some around them. */

export interface ListWindow {
  /** From the first row that is drawn to before the last. */
  readonly start: number;
  readonly end: number;
}

/** Rows drawn beyond what is in sight, so that a quick scroll does not show gaps. */
const overscanRows = 8;

/** `tops` has where each row begins, and at its end where the last one ends; all in CSS pixels. */
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

/** The row that covers that height, by halving. */
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
