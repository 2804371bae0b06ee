import { describe, expect, it } from 'vitest';
import { readDate } from '../../../src/core/prompt/as-of-date';
import { passes } from '../../../src/core/evaluate/check';
import { published, publishedTables } from '../../../src/core/evaluate/published';
import { itemCount, ownSuites, tasksOf } from '../../../src/core/evaluate/suites';

const options = { pinStrength: 'system', lastTurn: 20, limit: null } as const;

describe('the suites that come with the app', () => {
  it.each(ownSuites)('%s has twenty items or more, all different', (suite) => {
    const tasks = tasksOf(suite, options, []);
    expect(itemCount(suite)).toBeGreaterThanOrEqual(20);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    const asked = tasks.map((task) =>
      JSON.stringify([task.questions, task.pinned, task.condition, task.asOf]),
    );
    expect(new Set(asked).size).toBe(tasks.length);
  });

  it('have only dates that exist', () => {
    for (const { asOf, questions } of tasksOf('temporal', options, [])) {
      const dates = [asOf, ...questions.map((question) => question.asOf ?? null)];
      expect(dates.filter((date) => date !== null).map(readDate)).toHaveLength(1);
    }
  });

  it('take the first items for a shorter run, of persistence in pairs', () => {
    expect(tasksOf('maths', { ...options, limit: 3 }, [])).toHaveLength(3);
    const pairs = tasksOf('persistence', { ...options, limit: 2 }, []);
    expect(pairs.map(({ condition }) => condition)).toEqual([
      'pinned',
      'unpinned',
      'pinned',
      'unpinned',
    ]);
  });
});

describe('instruction persistence', () => {
  const [pinned, unpinned] = tasksOf('persistence', options, []);

  it('judges the turns of the paper’s Table 30', () => {
    const judged = pinned!.questions.flatMap(({ check }, at) => (check ? [at + 1] : []));
    expect(judged.map(String)).toEqual(published.ghostAttention.columns);
    expect(pinned?.questions).toHaveLength(20);
  });

  it('pins the instruction, or puts it only into the first message', () => {
    expect(pinned?.pinned).toBe('End every answer with 🦙.');
    expect(pinned?.questions[0]?.text).toBe('What is the capital of France?');
    expect(unpinned?.pinned).toBe('');
    expect(unpinned?.questions[0]?.text).toBe(
      'End every answer with 🦙.\nWhat is the capital of France?',
    );
    expect(unpinned?.questions.slice(1)).toEqual(pinned?.questions.slice(1));
  });

  it('distinguishes Italian answers from English ones, even if they are short', () => {
    const { questions } = tasksOf('persistence', options, []).find(
      (task) => task.pinned === 'Answer in Italian.',
    )!;
    const verdict = (turn: number, answer: string) => {
      const { check } = questions[turn - 1]!;
      return (
        check && check.kind !== 'javascript' && check.kind !== 'python' && passes(check, answer)
      );
    };
    expect([verdict(2, 'martedì.'), verdict(4, 'Roma.'), verdict(20, 'Berlino.')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([verdict(2, 'Tuesday.'), verdict(4, 'Rome.'), verdict(20, 'Berlin.')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('the published figures', () => {
  it('name their tables, and have a value or a dash in every cell', () => {
    expect(publishedTables.map(({ table }) => table)).toEqual([3, 4, 21, 30]);
    for (const { rows, columns } of publishedTables) {
      for (const { values } of rows) expect(values).toHaveLength(columns.length);
    }
  });

  it('agree if two tables contain the same figure', () => {
    const of = (
      name: string,
      table: { rows: readonly { name: string; values: readonly unknown[] }[] },
    ) => table.rows.find((row) => row.name === name)!.values;
    const seventy = of('Llama 2 70B', published.bySize);
    const beside = of('Llama 2 70B', published.closed);
    expect([seventy[5], seventy[6]]).toEqual([beside[0], beside[5]]);
    expect(of('Llama 2 70B', published.codeBySize)[0]).toBe(beside[4]);
  });
});
