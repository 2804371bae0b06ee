import { describe, expect, it, vi } from 'vitest';
import { humanEvalProblems, humanEvalProgram } from '../../../src/core/evaluate/human-eval';
import { PythonError, pythonProblems } from '../../../src/core/evaluate/python-problem';
import type { StoredRun } from '../../../src/core/evaluate/run';
import type { Outcome } from '../../../src/core/evaluate/task';
import { evaluate as en } from '../../../src/i18n/en/evaluate';
import { evaluate as it_ } from '../../../src/i18n/it/evaluate';
import type { PythonOutput } from '../../../src/protocol/python';
import { PythonJudging } from '../../../src/stores/evaluate/python-judging.svelte';

const row = {
  task_id: 'Corral/0',
  prompt: 'def half(n):\n    """ Give half of n. """\n',
  entry_point: 'half',
  canonical_solution: '    return n / 2\n',
  test: 'def check(candidate):\n    assert candidate(4) == 2\n',
};
const rows = [row, { ...row, task_id: 'Corral/1' }];
const [problem] = humanEvalProblems(rows);

describe('the program that judges an answer', () => {
  it('is the prompt, what the answer adds, the tests and the call, in HumanEval’s order', () => {
    const answer = 'Here it is:\n```python\n    return n / 2\n```';
    expect(humanEvalProgram(problem!, answer)).toBe(
      'def half(n):\n    """ Give half of n. """\n    return n / 2\n\ndef check(candidate):\n    assert candidate(4) == 2\n\ncheck(half)',
    );
  });

  it('replaces the function of the prompt by a whole function', () => {
    const program = humanEvalProgram(problem!, '```\ndef half(n):\n    return n / 2\n```');
    expect(program).toContain(
      '""" Give half of n. """\n    pass\n\n\ndef half(n):\n    return n / 2\n',
    );
  });
});

describe('judging with Python', () => {
  const outcome = (taskId: string): Outcome => ({
    taskId,
    condition: null,
    answers: [{ turn: 1, text: 'x', verdict: 'not-judged', tokens: 1, ms: 1 }],
  });
  const stored = {
    run: { id: 'run', suite: 'humaneval' },
    outcomes: [outcome('Corral/0'), outcome('Corral/1')],
  } as unknown as StoredRun;

  function judging(judge: (count: number, signal: AbortSignal) => Promise<PythonOutput>) {
    const replaced: Outcome[] = [];
    let count = 0;
    const close = vi.fn();
    const store = new PythonJudging({
      suites: {
        rowsOf: () => Promise.resolve(rows),
        replaceOutcome: (_id, one) => Promise.resolve(void replaced.push(one)),
      },
      python: { judge: (_program, _onBytes, signal) => judge(++count, signal), close },
      sizeBytes: 12e6,
    });
    return { store, replaced, close };
  }

  it('stores each verdict at once, with the reason of a failure', async () => {
    const { store, replaced, close } = judging((count) =>
      Promise.resolve(count === 1 ? { type: 'passed' } : { type: 'failed', reason: 'timed out' }),
    );
    await store.judge(stored);
    expect(replaced.map(({ answers: [one] }) => [one?.verdict, one?.reason])).toEqual([
      ['passed', undefined],
      ['failed', 'timed out'],
    ]);
    expect(store.progress).toBeNull();
    expect(close).toHaveBeenCalledOnce();
  });

  it('ends when it is cancelled, without an error', async () => {
    const { store, replaced } = judging((count, signal) => {
      if (count === 2) store.cancel();
      return signal.aborted ? Promise.reject(signal.reason) : Promise.resolve({ type: 'passed' });
    });
    await store.judge(stored);
    expect(replaced).toHaveLength(1);
    expect(store.problem).toBeNull();
  });

  it('says why there is no Python, in words of either language', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    for (const code of pythonProblems) {
      const { store } = judging(() => Promise.reject(new PythonError(code)));
      await store.judge(stored);
      expect(store.problem).toEqual({ runId: 'run', code });
      for (const { python } of [en, it_]) expect(python.problems[code].next).toContain(code);
    }
  });
});
