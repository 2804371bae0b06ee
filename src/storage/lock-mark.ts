/**
 * The id of the lock of chats, in localStorage: it can be read at once, before anything is drawn and while a page
 * goes. Only a hint: what holds is in IndexedDB with the chats.
 */

const key = 'corral-locked';

/** Null where the chats are not locked, and where nothing can be read. */
export function markedLock(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function markLock(id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(key);
    else localStorage.setItem(key, id);
  } catch {
    // The next page finds out when it reads the chats.
  }
}

/** Calls back when another tab has locked the chats, or taken the lock off. */
export function watchLocked(onChange: () => void): void {
  // A worker's types, which this file has to pass too, know no such event.
  addEventListener('storage', (event: Event & { readonly key?: string | null }) => {
    if (event.key === key) onChange();
  });
}
