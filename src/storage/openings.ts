/**
 * Which chat is being opened: a page that hangs or dies over it leaves the mark behind, for the next one to see.
 * The tab's own storage would go with the tab.
 */

const key = 'corral-opening';

/** A younger mark is another tab's, which began at the same time. */
const besideMs = 2000;
/** A visitor who leaves after so long has given up on it. */
const patienceMs = 5000;

interface Mark {
  readonly id: string;
  readonly atMs: number;
}

export function beginOpening(id: string): void {
  const mark: Mark = { id, atMs: Date.now() };
  write(JSON.stringify(mark));
}

/** It is on the screen. */
export function endOpening(id: string): void {
  if (read()?.id === id) write(null);
}

/** Whether a page began to open it and never came to an end. */
export function hungAtOpening(id: string): boolean {
  const mark = read();
  return mark?.id === id && Date.now() - mark.atMs > besideMs;
}

/** A page that is left in peace takes its mark off; one that hangs cannot. */
export function watchLeaving(): void {
  addEventListener('pagehide', () => {
    const mark = read();
    if (mark && Date.now() - mark.atMs < patienceMs) write(null);
  });
}

function read(): Mark | null {
  try {
    const { id, atMs } = (JSON.parse(localStorage.getItem(key) ?? '{}') ?? {}) as Partial<Mark>;
    return typeof id === 'string' && typeof atMs === 'number' ? { id, atMs } : null;
  } catch {
    return null; // nothing is stored, so nothing is said
  }
}

function write(mark: string | null): void {
  try {
    if (mark === null) localStorage.removeItem(key);
    else localStorage.setItem(key, mark);
  } catch {
    // As above.
  }
}
