/**
 * Which chat is being opened: a page that hangs or dies over it leaves the mark behind, for the next one to see.
 * The tab's own storage would go with the tab.
 */

const key = 'corral-opening';

/** A younger mark is another tab's, which began at the same time. */
const besideMs = 2000;
/** A visitor who leaves after so long has given up on it. */
const patienceMs = 5000;

export function beginOpening(id: string): void {
  write(`${id} ${Date.now()}`);
}

/** It is on the screen. */
export function endOpening(id: string): void {
  if (read().id === id) write('');
}

/** Whether a page began to open it and never came to an end. */
export function hungAtOpening(id: string): boolean {
  const mark = read();
  return mark.id === id && mark.ageMs > besideMs;
}

/** A page that is left in peace takes its mark off; one that hangs cannot. */
export function watchLeaving(): void {
  addEventListener('pagehide', () => {
    if (read().ageMs < patienceMs) write('');
  });
}

function read(): { readonly id: string; readonly ageMs: number } {
  try {
    const [id = '', atMs] = (localStorage.getItem(key) ?? '').split(' ');
    return { id, ageMs: Date.now() - Number(atMs) };
  } catch {
    return { id: '', ageMs: NaN }; // nothing is stored, so nothing is said
  }
}

function write(mark: string): void {
  try {
    localStorage.setItem(key, mark);
  } catch {
    // As above.
  }
}
