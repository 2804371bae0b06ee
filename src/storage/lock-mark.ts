/**
 * Whether chats are locked, in localStorage: it is needed before anything is drawn. Only a hint: what holds is in
 * IndexedDB with the chats.
 */

const key = 'corral-locked';

export function isMarkedLocked(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

export function markLocked(isLocked: boolean): void {
  try {
    if (isLocked) localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
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
