/** How long the browser tests wait for what takes longer than a poll's usual limit; only a failing test waits so long. */

/** A model on two busy cores may take this long for an answer, download and load included. */
export const answerTimeoutMs = 180_000;
/** A browser on a busy machine has taken 21 seconds to store the app. */
export const storingTimeoutMs = 120_000;
