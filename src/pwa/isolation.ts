/** Makes the page cross-origin isolated on a host that does not send the headers. */

const triedKey = 'corral-isolation-tried';

/** Notices whether the visitor has touched the page since it opened. */
export function watchForInteraction(): () => boolean {
  const controller = new AbortController();
  const { signal } = controller;
  for (const type of ['pointerdown', 'keydown', 'wheel']) {
    addEventListener(type, () => controller.abort(), { capture: true, passive: true, signal });
  }
  return () => signal.aborted;
}

/**
 * Reloads the page once, so that the service worker can add the headers. Only if the visitor has not started anything
 * on the page; see docs/decisions/0005-offline.md.
 */
export function reloadForIsolation(): void {
  if (crossOriginIsolated) return;
  try {
    if (sessionStorage.getItem(triedKey) !== null) return;
    sessionStorage.setItem(triedKey, '');
  } catch {
    return; // without storage it could reload again and again
  }
  location.reload();
}
