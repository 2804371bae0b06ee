import { describe, expect, it, vi } from 'vitest';
import { builtInModel } from '../../../src/core/models/built-in';
import { readOutcome, readRun, type Run } from '../../../src/core/evaluate/run';
import type { Outcome } from '../../../src/core/evaluate/task';
import { AppError } from '../../../src/protocol/errors';
import { SuiteRuns, type SuiteRunsOptions } from '../../../src/stores/evaluate/suite-runs.svelte';
import type { AnswerRequest } from '../../../src/stores/chat/answer-generator';

const options = { pinStrength: 'system', lastTurn: 6, limit: 3, safety: null } as const;
const usage = {
  promptTokens: 9,
  cachedTokens: 0,
  completionTokens: 2,
  prefillMs: 1,
  decodeMs: 1,
};

/** A storage in memory that outlives the stores. */
function memory() {
  const runs = new Map<string, Run>();
  const outcomes = new Map<string, Outcome[]>();
  return {
    loadRuns: async () => [...runs.values()],
    saveRun: async (run: Run) => void runs.set(run.id, run),
    loadOutcomes: async (id: string) => outcomes.get(id) ?? [],
    saveOutcome: async (run: Run, outcome: Outcome) => {
      runs.set(run.id, run);
      outcomes.set(run.id, [...(outcomes.get(run.id) ?? []), outcome]);
    },
    loadRows: async () => [],
    saveRows: async () => {},
    deleteRun: async (id: string) => void (runs.delete(id) && outcomes.delete(id)),
  };
}

/** The chat's exclusive access to the engine, and a model with scripted answers. */
function make(answer: (request: AnswerRequest) => string, storage = memory()) {
  const asked: AnswerRequest[] = [];
  const answering = {
    busy: false,
    exclusively: async (_: null, work: (signal: AbortSignal) => Promise<void>) => {
      answering.busy = true;
      await work(new AbortController().signal);
      answering.busy = false;
    },
    generator: {
      write: async (request: AnswerRequest) => {
        asked.push(request);
        const text = answer(request);
        request.onBegin([]);
        request.onEvent({ type: 'token', text });
        const finish = request.signal.aborted ? 'aborted' : 'stop';
        request.onEvent({ type: 'done', finish, usage });
      },
    },
  };
  const models = {
    chosen: builtInModel,
    list: [builtInModel],
    capabilities: null,
    state: { phase: 'ready', threads: 2, contextTokens: 2048 },
    ensureReady: async () => {},
    choose: async () => {},
    cancel: () => {},
  };
  const runs = new SuiteRuns({
    answering,
    models,
    storage,
    runCode: async () => ({ type: 'timed-out' }),
    environment: { userAgent: 'lynx', appVersion: '1' },
  } as unknown as SuiteRunsOptions);
  return { runs, answering, asked, storage };
}

describe('runs of suites', () => {
  it('ask greedily with a fixed seed, judge, and store the outcomes', async () => {
    const { runs, asked, storage } = make(() => 'Paris. Mercury. Modern.');
    await runs.start('english', options);
    const [stored] = runs.list;
    expect(stored?.outcomes.map(({ answers }) => answers[0]?.verdict)).toEqual([
      'passed',
      'passed',
      'passed',
    ]);
    expect(stored?.run.finishedMs).not.toBeNull();
    expect(stored?.run.subject).toMatchObject({ modelName: 'SmolLM2 135M', browser: 'lynx' });
    expect(asked[0]?.settings.sampling).toMatchObject({ temperature: 0, seed: 1 });
    expect(asked[0]?.settings.asOf).toBe('off');
    const kept = (await storage.loadRuns()).map(readRun);
    expect(kept).toEqual([stored?.run]);
    expect((await storage.loadOutcomes(stored!.run.id)).map(readOutcome)).toEqual(stored?.outcomes);
  });

  it('resume after a reload, from the first task without an outcome', async () => {
    const storage = memory();
    const first = make(() => 'Paris', storage);
    let answers = 0;
    const pausing = make((): string => {
      answers += 1;
      if (answers === 2) pausing.runs.pause();
      return 'Paris';
    }, storage);
    await pausing.runs.start('english', options);
    expect(pausing.runs.list[0]?.outcomes).toHaveLength(1);
    expect(pausing.runs.error).toBeNull();
    await first.runs.load();
    const { run } = first.runs.list[0]!;
    expect(run.finishedMs).toBeNull();
    await first.runs.resume(run.id);
    expect(first.asked).toHaveLength(2);
    expect(first.runs.list[0]?.outcomes.map(({ taskId }) => taskId)).toEqual([
      'english/1',
      'english/2',
      'english/3',
    ]);
    expect(first.runs.list[0]?.run.finishedMs).not.toBeNull();
  });

  it('do not run while an answer is written in the chat', async () => {
    const { runs, answering, asked } = make(() => 'Paris');
    answering.busy = true;
    await runs.start('english', options);
    expect(asked).toHaveLength(0);
    expect(runs.list).toHaveLength(0);
  });

  it('stop with the engine’s error, and can be resumed', async () => {
    const { runs } = make(() => {
      throw new AppError('gpu-lost');
    });
    await runs.start('english', options);
    expect(runs.error?.code).toBe('gpu-lost');
    expect(runs.list[0]?.outcomes).toHaveLength(0);
    expect(runs.progress).toBeNull();
  });

  it('count a question that does not fit as failed, and continue', async () => {
    const { runs } = make(() => {
      throw new AppError('context-overflow');
    });
    await runs.start('english', options);
    expect(runs.list[0]?.outcomes.map(({ answers }) => answers[0]?.reason)).toEqual([
      'context-overflow',
      'context-overflow',
      'context-overflow',
    ]);
  });

  it('continue if nothing can be stored, and say so', async () => {
    const storage = memory();
    storage.saveOutcome = vi.fn().mockRejectedValue(new Error('full'));
    const { runs } = make(() => 'Paris', storage);
    await runs.start('english', options);
    expect(runs.list[0]?.outcomes).toHaveLength(3);
    expect(runs.isUnstored).toBe(true);
  });

  it('tell the model its dates, and pin instructions, as a chat does', async () => {
    const { runs, asked } = make(() => '52');
    await runs.start('temporal', { ...options, limit: 4 });
    expect(asked.map(({ settings }) => settings.asOf)).toEqual([
      '2021-05-03',
      '2007-06-15',
      '2019-11-20',
      'off',
    ]);
    expect(asked[3]?.turns.at(-1)).toMatchObject({ asOf: '2011-08-10' });
    const persistence = make(() => 'Paris. 🦙');
    await persistence.runs.start('persistence', {
      ...options,
      limit: 1,
      pinStrength: 'every-turn',
    });
    const [pinned] = persistence.asked;
    expect(pinned?.settings).toMatchObject({
      pinned: 'End every answer with 🦙.',
      pinStrength: 'every-turn',
    });
    // The sixth question comes with the five exchanges before it.
    expect(persistence.asked[5]?.turns).toHaveLength(11);
  });

  it('delete a run with all its data', async () => {
    const { runs, storage } = make(() => 'Paris');
    await runs.start('english', options);
    await runs.remove(runs.list[0]!.run.id);
    expect(runs.list).toEqual([]);
    expect(await storage.loadRuns()).toEqual([]);
  });
});
