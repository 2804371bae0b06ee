// Statistics that every bench uses.

/**
 * @typedef {object} Speed
 * @property {number} prefillTokensPerS Prefilled tokens divided by the time to the first token.
 * @property {number} decodeTokensPerS Tokens after the first, divided by the time from first to last.
 */

/**
 * @param {readonly number[]} values At least one.
 * @returns {number}
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)] ?? NaN;
  const low = sorted[Math.ceil(middle) - 1] ?? NaN;
  return (low + high) / 2;
}

/** @param {number} value Rounded to three significant digits; more would be noise. */
export function round(value) {
  return Number(value.toPrecision(3));
}
