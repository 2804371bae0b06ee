// Counts what the test runners' JSON reports say; a runner that breaks or runs nothing has failed.

/**
 * @typedef {object} TestCounts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @param {any} report Vitest's, of `--reporter=json`.
 * @returns {TestCounts}
 */
export function countVitest(report) {
  // A file that cannot be imported has failed without a test of its own.
  const broken = report.testResults.filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {any} report Playwright's, of `--reporter=json`.
 * @returns {TestCounts}
 */
export function countPlaywright({ stats }) {
  return {
    passed: stats.expected,
    // What passed only when it was tried again, by hand with --retries, has failed.
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  };
}

/**
 * @param {TestCounts | null} counts Null where the runner left no report.
 * @param {boolean} succeeded Its exit status was 0.
 * @returns {TestCounts} With at least one failure unless it succeeded and ran a test.
 */
export function judgeRunner(counts, succeeded) {
  const { passed, failed, skipped } = counts ?? emptyCounts();
  const good = succeeded && passed + failed > 0;
  return { passed, failed: good ? failed : Math.max(1, failed), skipped };
}

/**
 * @param {readonly TestCounts[]} runners
 * @returns {TestCounts}
 */
export function sumCounts(runners) {
  return runners.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    emptyCounts(),
  );
}

/**
 * @param {TestCounts} counts
 * @returns {string} Such as "12 passed, 0 failed", with ", 3 skipped" only where some were.
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @returns {TestCounts} */
function emptyCounts() {
  return { passed: 0, failed: 0, skipped: 0 };
}
