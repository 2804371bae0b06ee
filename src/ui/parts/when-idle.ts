/**
 * When there is time for what nobody has asked for yet. A device that has the app's files fetches nothing over
 * the network: at once. On a first visit, all that is fetched delays the first answer: once the visitor does
 * something, or has been looking for a while.
 */
const lookingMs = 2000;

export const whenIdle: Promise<void> = new Promise((resolve) => {
  if (navigator.serviceWorker?.controller) return resolve();
  const done = () => resolve();
  for (const event of ['keydown', 'pointerdown', 'pointermove', 'drop'] as const) {
    addEventListener(event, done, { once: true, passive: true });
  }
  setTimeout(done, lookingMs);
});
