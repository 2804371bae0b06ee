// Runs one program to its end; neither it nor what it started outlives this process or its time limit.
import { spawn } from 'node:child_process';

/** How long an interrupted program may take to tidy up. */
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
 * @param {number} [options.timeoutMs] Ten minutes unless given.
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {boolean} [options.show] Print what it prints instead of keeping it.
 * @returns {Promise<ProgramResult>} Rejects never; an interrupt (Ctrl-C) ends this process too.
 */
export function runProgram(program, args, options = {}) {
  const { timeoutMs = 600_000, env = process.env, cwd, show = false } = options;
  const onWindows = process.platform === 'win32';
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    // A group of its own, so that its children can be ended with it; Windows has no such groups.
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
      // It has ended by itself.
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
