/** Notices when the other side has been silent for too long. */

/** A page that was frozen for an hour then counts one step for it, not an hour of silence. */
const steps = 6;

/**
 * Calls `onSilence` after `silenceMs` without a call of `heard`, and `onStep` at each sixth of that time, until
 * `stop`.
 */
export function startWatchdog(
  silenceMs: number,
  onSilence: () => void,
  onStep: () => void = () => {},
): { heard(): void; stop(): void } {
  let silentSteps = 0;
  const timer = setInterval(() => {
    silentSteps += 1;
    if (silentSteps < steps) return onStep();
    clearInterval(timer);
    onSilence();
  }, silenceMs / steps);
  return {
    heard: () => void (silentSteps = 0),
    stop: () => clearInterval(timer),
  };
}
