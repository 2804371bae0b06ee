/**
 * The id of the lock of chats, in localStorage, where it can be read synchronously: before the first drawing
 * and while a page closes. It is only a hint; the lock in IndexedDB is authoritative.
 */

const key = 'corral-locked';

/** Null if the chats are not locked or storage cannot be read. */
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
    // The next page finds the lock when it reads the chats.
  }
}

/** Calls back when another tab has set or removed the lock. */
export function watchLocked(onChange: () => void): void {
  // This file is also checked against a worker's types, which lack this event.
  addEventListener('storage', (event: Event & { readonly key?: string | null }) => {
    if (event.key === key) onChange();
  });
}
