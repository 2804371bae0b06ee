// Runs a script's main function, and turns its failures into one sentence and an exit code.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ForeseenError, wholeMessage } from './foreseen-error.mjs';

/** A server or a browser that does not close must not keep a finished script running. */
const lingerMs = 5000;

/**
 * Prints to stderr: stdout is only for answers and results.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @param {string} moduleUrl The caller's `import.meta.url`.
 * @returns {boolean} True if Node was started with that module.
 */
export function isEntryPoint(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === realpathSync(fileURLToPath(moduleUrl));
}

/**
 * @param {() => Promise<number | void>} main A returned number is the exit code and ends the process; without
 * one the process runs as long as anything that it started.
 */
export async function runScript(main) {
  let exitCode;
  try {
    exitCode = await main();
  } catch (error) {
    exitCode = error instanceof ForeseenError ? error.exitCode : 1;
    if (error instanceof ForeseenError) say(`Error: ${error.message}`);
    else say(error instanceof Error && error.stack ? error.stack : wholeMessage(error));
  }
  if (typeof exitCode !== 'number') return;
  process.exitCode = exitCode;
  setTimeout(() => process.exit(), lingerMs).unref();
}
