// Waits for what comes by itself.
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 50;

/**
 * @param {() => Promise<boolean>} condition
 * @param {number} limitMs
 * @param {() => string} describe What was waited for, where it did not come.
 */
export async function until(condition, limitMs, describe) {
  const endMs = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error(`Waited ${limitMs} ms for ${describe()}`);
    await pause(pollMs);
  }
}
