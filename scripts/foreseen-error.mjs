// The failures that a person can meet and act on: each is one sentence, shown without a stack trace.

export class ForeseenError extends Error {
  /**
   * @param {string} sentence What happened and what to do next.
   * @param {{ exitCode?: number, cause?: unknown }} [options] `exitCode` is 1 unless given; 2 is for wrong usage.
   */
  constructor(sentence, { exitCode = 1, cause } = {}) {
    super(sentence, { cause });
    this.name = 'ForeseenError';
    this.exitCode = exitCode;
  }
}

/**
 * @param {string} output What a program printed, or an error's text.
 * @returns {boolean} True where it shows that the network could not be reached.
 */
export function tellsOfNoNetwork(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|name resolution|new connection|dns error|timed out|Temporary failure/i.test(
    output,
  );
}

/**
 * @param {string} output What a program printed, or an error's text.
 * @returns {boolean} True where it shows that a disk is full.
 */
export function tellsOfNoRoom(output) {
  return /ENOSPC|EDQUOT|No space left on device/i.test(output);
}

/**
 * @param {unknown} error
 * @returns {string} Its message with its causes' messages and codes: `fetch` says why only in its cause.
 */
export function wholeMessage(error) {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` (${error.code})` : '';
  const cause = error.cause === undefined ? '' : `: ${wholeMessage(error.cause)}`;
  return `${error.message}${code}${cause}`;
}

/**
 * @param {string} output What a program printed.
 * @returns {string} Its last line with something on it, which most programs use for the reason.
 */
export function lastLine(output) {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').at(-1) ?? 'it printed nothing';
}
