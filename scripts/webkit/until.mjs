// Polls until a condition holds.
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 50;

/**
 * @param {() => Promise<boolean>} condition
 * @param {number} limitMs
 * @param {() => string} describe The awaited condition, for the error.
 */
export async function until(condition, limitMs, describe) {
  const endMs = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error(`Waited ${limitMs} ms for ${describe()}`);
    await pause(pollMs);
  }
}
