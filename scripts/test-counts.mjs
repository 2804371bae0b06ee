// Counts results in the test runners' JSON reports; a runner that crashes or runs no test counts as failed.

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
  // A file that cannot be imported fails without a test result.
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
    // A test that passed only at a retry (by hand, with --retries) counts as failed.
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  };
}

/**
 * @param {TestCounts | null} counts Null if the runner left no report.
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
 * @returns {string} Such as "12 passed, 0 failed"; with ", 3 skipped" if any were.
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @returns {TestCounts} */
function emptyCounts() {
  return { passed: 0, failed: 0, skipped: 0 };
}
