import { describe, expect, it } from 'vitest';
import { humanEvalProblems, humanEvalSamples } from '../../../src/core/evaluate/human-eval';
import { readJsonLines } from '../../../src/core/evaluate/json-lines';
import { readDataset, tasksOf } from '../../../src/core/evaluate/suites';

const options = { pinStrength: 'system', lastTurn: 20, limit: null } as const;

/** Rows in GSM8K's format, with its calculator marks; the words are ours. */
const gsm8k = [
  {
    question: 'A llama carries 12 sacks of 20 kg. It drops 3. How many kilograms does it carry?',
    answer:
      'It carries 12 - 3 = <<12-3=9>>9 sacks.\nThat is 9 * 20 = <<9*20=180>>180 kg.\n#### 180',
  },
  { question: 'A herd of 1,200 doubles. How large is it?', answer: '2 * 1200 = 2400\n#### 2,400' },
  { question: 'It was 4 degrees, and fell by 9. What is it?', answer: '4 - 9 = -5\n#### -5' },
];

/** A row in HumanEval's format; the problem is ours. */
const humanEval = {
  task_id: 'HumanEval/0',
  prompt:
    'def double(n: int) -> int:\n    """ Return twice n.\n    >>> double(4)\n    8\n    """\n',
  entry_point: 'double',
  canonical_solution: '    return 2 * n\n',
  test: "\n\nMETADATA = {'author': 'x'}\n\n\ndef check(candidate):\n    assert candidate(4) == 8\n",
};

const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');

describe('GSM8K’s file', () => {
  it('is read with the numbers after ####', () => {
    const { suite, rows } = readDataset(`${lines(gsm8k)}\n`);
    expect(suite).toBe('gsm8k');
    const tasks = tasksOf('gsm8k', options, rows);
    const checks = tasks.map(({ questions }) => questions[0]?.check);
    expect(checks).toEqual([180, 2400, -5].map((value) => ({ kind: 'number', value })));
    expect(tasks[0]?.questions[0]?.text).toContain(gsm8k[0]?.question);
    expect(tasks[0]?.questions[0]?.text).not.toContain('<<');
    expect(tasksOf('gsm8k', { ...options, limit: 2 }, rows)).toHaveLength(2);
  });

  it('is refused with the invalid line', () => {
    const code = 'dataset-unreadable';
    const read = (text: string) => () => readDataset(text);
    expect(read(`${lines(gsm8k)}\nnot json`)).toThrow(
      expect.objectContaining({ code, data: { line: 4 } }),
    );
    expect(read('{"question": "How many?", "answer": "5"}')).toThrow(
      expect.objectContaining({ code, data: { line: 1 } }),
    );
    expect(read('{"a": 1}')).toThrow(expect.objectContaining({ code }));
    expect(read('')).toThrow(expect.objectContaining({ code }));
    expect(read('[1]')).toThrow(expect.objectContaining({ code }));
  });

  it('may begin with a byte order mark and have Windows line ends', () => {
    expect(readJsonLines('\uFEFF{"a":1}\r\n\r\n{"b":2}\r\n')).toEqual([{ a: 1 }, { b: 2 }]);
  });
});

describe('HumanEval’s file', () => {
  const { suite, rows } = readDataset(lines([humanEval]));

  it('is asked with its prompt, and not judged here', () => {
    expect(suite).toBe('humaneval');
    const [task] = tasksOf('humaneval', options, rows);
    expect(task?.id).toBe('HumanEval/0');
    expect(task?.questions[0]?.text).toContain(humanEval.prompt.trimEnd());
    expect(task?.questions[0]?.text).not.toContain('assert');
    expect(task?.questions[0]?.check).toEqual({ kind: 'python' });
  });

  it('gives samples that its harness can run after the prompt', () => {
    const sample = (text: string) => {
      const answer = { turn: 1, text, verdict: 'not-judged', tokens: 1, ms: 1 } as const;
      const outcome = { taskId: 'HumanEval/0', condition: null, answers: [answer] };
      return JSON.parse(humanEvalSamples(humanEvalProblems(rows), [outcome])) as object;
    };
    expect(sample('Here:\n```python\ndef double(n):\n    return 2 * n\n```')).toEqual({
      task_id: 'HumanEval/0',
      completion: '    pass\n\n\ndef double(n):\n    return 2 * n\n',
    });
  });
});
