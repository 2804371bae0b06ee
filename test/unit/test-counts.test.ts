import { describe, expect, it } from 'vitest';
import {
  closingLine,
  countPlaywright,
  countVitest,
  judgeRunner,
  sumCounts,
} from '../../scripts/test-counts.mjs';

const counts = (passed: number, failed: number, skipped = 0) => ({
  passed,
  failed,
  skipped,
});

describe('test counts', () => {
  it('counts a test file that cannot be imported as one failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 0,
      numTodoTests: 2,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'passed', assertionResults: [{}] },
      ],
    };
    expect(countVitest(report)).toEqual(counts(3, 2, 2));
  });

  it('counts a test as failed that passed only when it was tried again', () => {
    const stats = { expected: 4, flaky: 1, unexpected: 2, skipped: 0 };
    expect(countPlaywright({ stats })).toEqual(counts(4, 3));
  });

  it('calls a runner failed that left no report, ran nothing, or ended in an error', () => {
    expect(judgeRunner(null, true).failed).toBe(1);
    expect(judgeRunner(counts(0, 0), true).failed).toBe(1);
    expect(judgeRunner(counts(7, 0), false).failed).toBe(1);
    expect(judgeRunner(counts(7, 0), true).failed).toBe(0);
    expect(judgeRunner(counts(7, 2), false).failed).toBe(2);
  });

  it('closes with one line over all runners', () => {
    expect(closingLine(sumCounts([counts(92, 0), counts(35, 1)]))).toBe('127 passed, 1 failed');
    expect(closingLine(counts(1, 0, 3))).toBe('1 passed, 0 failed, 3 skipped');
  });
});
