// The work of a page's main thread, measured from outside: scripts, style, layout and paint, without waiting.

/** @typedef {import('playwright').CDPSession} Session */

/**
 * @param {import('playwright').Page} page
 * @returns {Promise<Session>} For `taskMs`.
 */
export async function watchThread(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return session;
}

/**
 * @param {Session} session
 * @returns {Promise<number>} Milliseconds of work on the main thread so far.
 */
export async function taskMs(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value;
  if (seconds === undefined) throw new Error('Chromium does not tell how long its tasks took');
  return seconds * 1000;
}
