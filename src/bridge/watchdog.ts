/** Notices when the other side has been silent for too long. */

/** A page that was frozen for an hour then counts one step for it, not an hour of silence. */
const steps = 6;

/**
 * Calls `onUnresponsive` after `unresponsiveMs` without a call of `reset`, and `onStep` at each sixth of that time, until
 * `stop`.
 */
export function startWatchdog(
  unresponsiveMs: number,
  onUnresponsive: () => void,
  onStep: () => void = () => {},
): { reset(): void; stop(): void } {
  let silentSteps = 0;
  const timer = setInterval(() => {
    silentSteps += 1;
    if (silentSteps < steps) return onStep();
    clearInterval(timer);
    onUnresponsive();
  }, unresponsiveMs / steps);
  return {
    reset: () => void (silentSteps = 0),
    stop: () => clearInterval(timer),
  };
}
