// The few figures that every bench needs.

/**
 * @typedef {object} Speed
 * @property {number} prefillTokensPerS Prompt tokens read anew, over the time to the first token.
 * @property {number} decodeTokensPerS Tokens after the first, over the time from first to last.
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

/** @param {number} value Rounded to three significant digits, as more would be noise. */
export function round(value) {
  return Number(value.toPrecision(3));
}
