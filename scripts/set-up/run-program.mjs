// Runs one program to its end; it and its children never outlive this process or the time limit.
import { spawn } from 'node:child_process';

/** How long an interrupted program may take to clean up. */
const graceMs = 5000;

/**
 * @typedef {object} ProgramResult
 * @property {number | 'missing' | 'timeout'} status The exit status; `missing` when there is no such program.
 * @property {string} output stdout and stderr together; empty when `show` was set.
 */

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {number} [options.timeoutMs] Default: ten minutes.
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {boolean} [options.show] Shows the output instead of returning it.
 * @returns {Promise<ProgramResult>} Never rejects; an interrupt (Ctrl-C) ends this process too.
 */
export function runProgram(program, args, options = {}) {
  const { timeoutMs = 600_000, env = process.env, cwd, show = false } = options;
  const onWindows = process.platform === 'win32';
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    // Its own process group, so that its children end with it; Windows has none.
    detached: !onWindows,
    // Windows finds `.cmd` files only through its shell.
    shell: onWindows && !program.endsWith('.exe'),
  });

  /** @param {NodeJS.Signals} signal */
  function end(signal) {
    if (child.pid === undefined) return;
    try {
      if (onWindows) child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  }

  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));

  return new Promise((resolve) => {
    let timedOut = false;
    let interrupted = false;
    const limit = setTimeout(() => {
      timedOut = true;
      end('SIGKILL');
    }, timeoutMs);
    const endNow = () => end('SIGKILL');
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      interrupted = true;
      end(signal);
      setTimeout(endNow, graceMs).unref();
    };
    process.on('exit', endNow);
    process.on('SIGINT', passOn);
    process.on('SIGTERM', passOn);

    /** @param {ProgramResult['status']} status */
    const finish = (status) => {
      clearTimeout(limit);
      process.off('exit', endNow);
      process.off('SIGINT', passOn);
      process.off('SIGTERM', passOn);
      if (interrupted) process.exit(130);
      resolve({ status: timedOut ? 'timeout' : status, output });
    };
    child.once('error', (error) => {
      output += error.message;
      finish('missing');
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}
