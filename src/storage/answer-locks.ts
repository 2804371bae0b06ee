/**
 * The tab that writes an answer holds a Web Lock of its name, so that other tabs know whether it is still being
 * written.
 */

const nameOf = (turnId: string) => `corral-answer:${turnId}`;

/** Resolves with the release function once the lock is held. If the tab dies, the browser releases the lock. */
export function lockAnswer(turnId: string): Promise<() => void> {
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve(() => {});
    void navigator.locks.request(nameOf(turnId), () => {
      return new Promise<void>((release) => resolve(release));
    });
  });
}

/** Tells whether any tab, this one included, is writing the answer. */
export async function lockedAnswers(): Promise<(turnId: string) => boolean> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = new Set(held.map(({ name }) => name));
  return (turnId) => names.has(nameOf(turnId));
}

/** Calls back once no tab is writing the answer any more, unless the signal is aborted first. */
export function whenReleased(turnId: string, signal: AbortSignal, onRelease: () => void): void {
  navigator.locks
    ?.request(nameOf(turnId), { signal }, () => {})
    .then(onRelease, () => {
      // Aborted: no callback.
    });
}
