/** Who writes an answer holds a Web Lock of its name, so that other tabs know whether it is still written. */

const nameOf = (turnId: string) => `corral-answer:${turnId}`;

/** Resolves once the lock is held, with what lets it go. A tab that dies lets go by itself. */
export function holdAnswer(turnId: string): Promise<() => void> {
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve(() => {});
    void navigator.locks.request(nameOf(turnId), () => {
      return new Promise<void>((release) => resolve(release));
    });
  });
}

/** Whether any tab, this one too, writes the answer. */
export async function heldAnswers(): Promise<(turnId: string) => boolean> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = new Set(held.map(({ name }) => name));
  return (turnId) => names.has(nameOf(turnId));
}

/** Calls back once nobody writes the answer any more, unless the signal is aborted before. */
export function whenReleased(turnId: string, signal: AbortSignal, onRelease: () => void): void {
  navigator.locks
    ?.request(nameOf(turnId), { signal }, () => {})
    .then(onRelease, () => {
      // Aborted: nobody waits for it any more.
    });
}
