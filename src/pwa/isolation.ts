/** Makes the page cross-origin isolated on a host that does not send the headers for it. */

const triedKey = 'corral-isolation-tried';

/**
 * Reloads the page, once, so that the service worker can answer with the headers; only while `isPristine`
 * and nothing was touched. See docs/decisions/0005-offline.md.
 */
export function reloadForIsolation(isPristine: () => boolean): void {
  if (crossOriginIsolated || navigator.userActivation?.hasBeenActive || !isPristine()) return;
  try {
    if (sessionStorage.getItem(triedKey) !== null) return;
    sessionStorage.setItem(triedKey, '');
  } catch {
    return; // without a memory of the first try, there could be one after another
  }
  location.reload();
}
