/** Notices when somebody who should speak stays silent. */

/** A page that was frozen for an hour counts one step for it, and not an hour of silence. */
const steps = 6;

/** Calls back after so long without a `heard`; `onStep` is called at each sixth of that time. `stop` ends it. */
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
