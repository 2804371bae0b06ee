/**
 * Resolves when there is time to load parts in advance. If the service worker has the app's files, nothing is
 * fetched over the network, so it resolves at once. On a first visit every download delays the first answer, so
 * it waits for the visitor's first action, or for two seconds.
 */
const idleTimeoutMs = 2000;

export const whenIdle: Promise<void> = new Promise((resolve) => {
  if (navigator.serviceWorker?.controller) return resolve();
  const done = () => resolve();
  for (const event of ['keydown', 'pointerdown', 'pointermove', 'drop'] as const) {
    addEventListener(event, done, { once: true, passive: true });
  }
  setTimeout(done, idleTimeoutMs);
});
