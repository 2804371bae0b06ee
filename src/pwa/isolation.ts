/** Makes the page cross-origin isolated on a host that does not send the headers for it. */

const triedKey = 'corral-isolation-tried';

/** Notices whether a person has touched the page in any way since it opened. */
export function watchForTouch(): () => boolean {
  const controller = new AbortController();
  const { signal } = controller;
  for (const type of ['pointerdown', 'keydown', 'wheel']) {
    addEventListener(type, () => controller.abort(), { capture: true, passive: true, signal });
  }
  return () => signal.aborted;
}

/**
 * Reloads the page, once, so that the service worker can answer with the headers. Only for a page at which
 * nobody has begun anything; see docs/decisions/0005-offline.md.
 */
export function reloadForIsolation(): void {
  if (crossOriginIsolated) return;
  try {
    if (sessionStorage.getItem(triedKey) !== null) return;
    sessionStorage.setItem(triedKey, '');
  } catch {
    return; // without a memory of the first try, there could be one after another
  }
  location.reload();
}
