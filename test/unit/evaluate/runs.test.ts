import { describe, expect, it } from 'vitest';
import { type Contestant, comparisonsOf, readVote } from '../../../src/core/evaluate/arena';
import { browserName } from '../../../src/stores/evaluate/subject';
import { csv } from '../../../src/core/evaluate/run-export';
import { readRun, remaining, type Run, scoresOf, timeLeftMs } from '../../../src/core/evaluate/run';
import { runsAsCsv, runsAsJson } from '../../../src/core/evaluate/run-export';
import { isSampled, speedPrompt, speedRow } from '../../../src/core/evaluate/speed';
import { tasksOf } from '../../../src/core/evaluate/suites';
import type { Outcome, TaskVerdict } from '../../../src/core/evaluate/task';

const run: Run = {
  schema: 1,
  id: 'r1',
  suite: 'maths',
  suitesVersion: 1,
  fileName: null,
  tasks: 21,
  options: { pinStrength: 'system', lastTurn: 20, limit: null, safety: null },
  subject: {
    modelId: 'm',
    modelName: '=Model',
    engine: 'wllama',
    threads: 2,
    contextTokens: 2048,
    adapter: null,
    cores: 2,
    deviceMemoryGb: 8,
    browser: 'Chrome 140',
    appVersion: '1',
  },
  startedMs: 0,
  finishedMs: null,
  activeMs: 10,
};

function outcome(taskId: string, verdict: TaskVerdict, rest: Partial<Outcome> = {}): Outcome {
  const answer = { turn: 1, text: '=1+1', verdict, tokens: 3, ms: 1.6 };
  return { taskId, condition: null, answers: [answer], ...rest };
}

describe('the scores of a run', () => {
  it('are one share with its interval, without what was not judged', () => {
    const outcomes = [
      outcome('a', 'passed'),
      outcome('b', 'failed'),
      outcome('c', 'not-judged'),
      outcome('d', 'passed'),
    ];
    const [score] = scoresOf({ run, outcomes });
    expect(score).toMatchObject({ condition: null, turn: null, passed: 2, judged: 3 });
    expect(score?.interval?.low).toBeCloseTo(0.2077, 4);
    expect(score?.interval?.high).toBeCloseTo(0.9385, 4);
    expect(scoresOf({ run, outcomes: [] })).toEqual([]);
  });

  it('of instruction persistence are one for each condition and turn', () => {
    const at = (turn: number, verdict: TaskVerdict) => ({
      turn,
      verdict,
      text: '',
      tokens: 1,
      ms: 1,
    });
    const outcomes = [
      outcome('1', 'passed', {
        condition: 'unpinned',
        answers: [at(2, 'passed'), at(20, 'failed')],
      }),
      outcome('2', 'passed', { condition: 'pinned', answers: [at(2, 'passed'), at(20, 'passed')] }),
      outcome('3', 'passed', { condition: 'pinned', answers: [at(2, 'failed'), at(20, 'passed')] }),
    ];
    const scores = scoresOf({ run: { ...run, suite: 'persistence' }, outcomes });
    expect(
      scores.map(({ condition, turn, passed, judged }) => [condition, turn, passed, judged]),
    ).toEqual([
      ['pinned', 2, 1, 2],
      ['pinned', 20, 2, 2],
      ['unpinned', 2, 1, 1],
      ['unpinned', 20, 0, 1],
    ]);
  });
});

describe('a run', () => {
  it('continues with the tasks that have no outcome', () => {
    const tasks = tasksOf('maths', run.options, []);
    const left = remaining(tasks, [outcome('maths/1', 'failed'), outcome('maths/3', 'passed')]);
    expect(left[0]?.id).toBe('maths/2');
    expect(left).toHaveLength(tasks.length - 2);
  });

  it('estimates the remaining time, once it knows its pace', () => {
    expect(timeLeftMs(0, 10, 500)).toBeNull();
    expect(timeLeftMs(2, 10, 500)).toBe(2000);
    expect(timeLeftMs(10, 10, 500)).toBe(0);
  });

  it('is read back from storage, but not from a newer version', () => {
    expect(readRun(structuredClone(run))).toEqual(run);
    expect(readRun({ ...run, schema: 2 })).toBeNull();
    expect(readRun({ ...run, suite: 'chess' })).toBeNull();
    expect(readRun(null)).toBeNull();
    expect(readRun('run')).toBeNull();
  });
});

describe('exports', () => {
  const stored = { run, outcomes: [outcome('a', 'passed')] };

  it('have everything as JSON', () => {
    const file = JSON.parse(runsAsJson([stored], 0)) as Record<string, unknown>;
    expect(file).toMatchObject({
      format: 'corral-evaluation',
      version: 1,
      exportedAt: '1970-01-01T00:00:00.000Z',
    });
    expect(file['runs']).toMatchObject([
      { id: 'r1', scores: [{ passed: 1, judged: 1 }], outcomes: [{ taskId: 'a' }] },
    ]);
  });

  it('have one line for each answer as CSV, and no formula', () => {
    const lines = runsAsCsv([stored]).split('\r\n');
    expect(lines[0]).toMatch(/^run,suite,.*,answer$/);
    expect(lines[1]).toBe(
      "r1,maths,1,'=Model,wllama,,Chrome 140,1970-01-01T00:00:00.000Z,a,,1,passed,,3,2,'=1+1".replace(
        'Chrome 140',
        'Chrome 140',
      ),
    );
    expect(lines[2]).toBe('');
  });

  it('quote what must be quoted, and defuse every beginning of a formula', () => {
    expect(csv([['a"b', 'c,d', 'e\nf', -1, null]])).toBe('"a""b","c,d","e\nf",-1,\r\n');
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', ' =', '＝']) {
      expect(csv([[`${start}cmd|' /C calc'!A0`]])).toMatch(/^"?'/);
    }
  });
});

describe('speed', () => {
  it('is the median of prefilled and of decoded tokens', () => {
    const usage = {
      promptTokens: 110,
      cachedTokens: 10,
      completionTokens: 21,
      prefillMs: 1000,
      decodeMs: 500,
    };
    const slow = { ...usage, prefillMs: 4000, decodeMs: 2000 };
    const samples = [usage, slow, usage].map((one) => ({ usage: one, timeToFirstTokenMs: 1010 }));
    expect(speedRow(samples)).toEqual({
      promptTokens: 110,
      prefillTokensPerS: 100,
      decodeTokensPerS: 40,
      timeToFirstTokenMs: 1010,
    });
    const silent = { ...usage, completionTokens: 1 };
    expect(speedRow([{ usage: silent, timeToFirstTokenMs: 1 }]).decodeTokensPerS).toBeNull();
  });

  it('measures a length three times, but once if that took long', () => {
    expect([0, 1, 2, 3].map((samples) => isSampled(samples, 4999))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect([0, 1, 2].map((samples) => isSampled(samples, 5000))).toEqual([false, true, true]);
  });

  it('is measured on prompts that begin differently', () => {
    expect(speedPrompt(8, 1).slice(0, 9)).not.toBe(speedPrompt(8, 2).slice(0, 9));
    expect(speedPrompt(32, 1).split(' ').length).toBeGreaterThanOrEqual(32);
  });
});

describe('the arena', () => {
  const contestant = (modelId: string, pinned = ''): Contestant => ({
    modelId,
    modelName: modelId,
    safety: null,
    pinned,
    pinStrength: 'system',
    asOf: null,
  });
  const vote = (choice: 'left' | 'both-bad', left: Contestant, right: Contestant) =>
    ({ schema: 1, id: '1', atMs: 0, prompt: 'p', left, right, choice }) as const;

  it('counts votes by setting, except those of a setting against itself', () => {
    const comparisons = comparisonsOf([
      vote('left', contestant('a'), contestant('a', 'Be brief.')),
      vote('both-bad', contestant('b'), contestant('a')),
      vote('left', contestant('a'), {
        ...contestant('a'),
        modelName: 'renamed',
        pinStrength: 'every-turn',
      }),
    ]);
    expect(comparisons.map(({ share }) => share)).toEqual([1, 0.5]);
    expect(new Set(comparisons.flatMap(({ first, second }) => [first, second])).size).toBe(3);
  });

  it('reads votes back, but not from a newer version', () => {
    const stored = vote('left', contestant('a'), contestant('b'));
    expect(readVote(structuredClone(stored))).toEqual(stored);
    expect(readVote({ ...stored, schema: 2 })).toBeNull();
    expect(readVote({ ...stored, choice: 'toString' })).toBeNull();
  });
});

describe('a browser’s name', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36',
      'Chrome 156, Linux',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge 140, Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      'Safari 26, macOS',
    ],
    [
      'Mozilla/5.0 (Android 15; Mobile; rv:141.0) Gecko/141.0 Firefox/141.0',
      'Firefox 141, Android',
    ],
    ['lynx', 'lynx'],
  ])('of %j is %j', (userAgent, name) => {
    expect(browserName(userAgent)).toBe(name);
  });
});
