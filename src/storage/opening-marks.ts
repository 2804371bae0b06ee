/**
 * Marks the chat that is being opened: a page that hangs or crashes leaves the mark for the next page. It is in
 * localStorage, since session storage would be lost with the tab.
 */

const key = 'corral-opening';

/** A younger mark belongs to another tab that opens it at the same time. */
const otherTabMs = 2000;
/** A visitor who leaves after this time has given up. */
const abandonedAfterMs = 5000;

export function beginOpening(id: string): void {
  write(`${id} ${Date.now()}`);
}

/** The chat is on the screen. */
export function endOpening(id: string): void {
  if (read().id === id) write('');
}

/** Whether a page started to open the chat and did not finish. */
export function hungWhileOpening(id: string): boolean {
  const mark = read();
  return mark.id === id && mark.ageMs > otherTabMs;
}

/** A responsive page removes its mark when it is left early; a hanging one cannot. */
export function watchLeaving(): void {
  addEventListener('pagehide', () => {
    if (read().ageMs < abandonedAfterMs) write('');
  });
}

function read(): { readonly id: string; readonly ageMs: number } {
  try {
    const [id = '', atMs] = (localStorage.getItem(key) ?? '').split(' ');
    return { id, ageMs: Date.now() - Number(atMs) };
  } catch {
    return { id: '', ageMs: NaN }; // nothing is stored
  }
}

function write(mark: string): void {
  try {
    localStorage.setItem(key, mark);
  } catch {
    // Nothing can be stored.
  }
}
