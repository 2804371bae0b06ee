// Failures that a person can act on: each is one sentence, shown without a stack trace.

export class ForeseenError extends Error {
  /**
   * @param {string} sentence What happened and what to do next.
   * @param {{ exitCode?: number, cause?: unknown }} [options] `exitCode` is 1 by default; 2 means wrong usage.
   */
  constructor(sentence, { exitCode = 1, cause } = {}) {
    super(sentence, { cause });
    this.name = 'ForeseenError';
    this.exitCode = exitCode;
  }
}

/**
 * @param {string} output A program's output, or an error's text.
 * @returns {boolean} True if the network could not be reached.
 */
export function tellsOfNoNetwork(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|name resolution|new connection|dns error|timed out|Temporary failure/i.test(
    output,
  );
}

/**
 * @param {string} output A program's output, or an error's text.
 * @returns {boolean} True if a disk is full.
 */
export function tellsOfNoRoom(output) {
  return /ENOSPC|EDQUOT|No space left on device/i.test(output);
}

/**
 * @param {unknown} error
 * @returns {string} Its message with its causes' messages and codes: `fetch` gives the reason only in its
 * cause.
 */
export function wholeMessage(error) {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` (${error.code})` : '';
  const cause = error.cause === undefined ? '' : `: ${wholeMessage(error.cause)}`;
  return `${error.message}${code}${cause}`;
}

/**
 * @param {string} output A program's output.
 * @returns {string} Its last line that is not blank, where most programs give the reason.
 */
export function lastLine(output) {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').at(-1) ?? 'it printed nothing';
}
