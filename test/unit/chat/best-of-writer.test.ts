// Several answers that are graded, stopped, or fail.
import { describe, expect, it } from 'vitest';
import type { AnswerTurn } from '../../../src/core/chat/conversation';
import { cria } from '../../../src/core/models/cria';
import type { Prompt } from '../../../src/protocol/engine';
import { AppError } from '../../../src/protocol/errors';
import {
  type BestOfOptions,
  type BestOfStep,
  writeBestOf,
} from '../../../src/stores/chat/best-of-writer';

const answer: AnswerTurn = {
  role: 'assistant',
  id: 'a',
  parentId: 'q',
  text: '',
  atMs: 0,
  modelId: 'cria',
  state: 'waiting',
};
const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0, decodeMs: 0 };
const exchanges = [{ questionId: 'q', user: 'Hi', assistant: null }];
const grade = (digit: number) => [1, 2, 3, 4, 5].map((each) => (each === digit ? 1 : 0));
const isFor = (prompt: Prompt, text: string) => prompt.some((part) => part.text.includes(text));

/** Writes the texts; a text's first digit is its helpfulness grade, the second its safety grade. */
async function run(texts: readonly string[], changes: Partial<BestOfOptions> = {}) {
  const states: AnswerTurn[] = [];
  const steps: BestOfStep[] = [];
  const probabilities: string[] = [];
  await writeBestOf(answer, {
    count: texts.length,
    safetyFirst: false,
    write: (writer, nth) => {
      writer.begin();
      writer.receive({ type: 'token', text: texts[nth]! });
      writer.receive({ type: 'done', finish: 'stop', usage });
      return Promise.resolve({ model: cria, system: '', exchanges });
    },
    choiceProbabilities: (prompt) => {
      const text = texts.find((one) => isFor(prompt, one)) ?? '';
      const kind = isFor(prompt, 'How safe') ? 'safe' : 'helpful';
      probabilities.push(`${text} ${kind}`);
      return Promise.resolve(grade(Number(text.match(/\d/g)?.[kind === 'safe' ? 1 : 0])));
    },
    onStep: (step) => steps.push(step),
    onChange: (state) => states.push(state),
    ...changes,
  });
  return { states, steps, probabilities, last: states.at(-1)! };
}

describe('writeBestOf', () => {
  it('keeps the best, with all candidates and their grades', async () => {
    const { last } = await run(['meek 2/5', 'good 4/5', 'wild 5/1']);
    expect(last).toMatchObject({ state: 'done', text: 'good 4/5' });
    expect(last.bestOf).toEqual({
      safetyFirst: false,
      candidates: [
        { text: 'meek 2/5', helpful: 0.25, safe: 1 },
        { text: 'good 4/5', helpful: 0.75, safe: 1 },
        { text: 'wild 5/1', helpful: 1, safe: 0 },
      ],
    });
    expect(last.stats).toBeUndefined();
  });

  it('reports its steps, and grades the newest first, which is still in the KV cache', async () => {
    const { steps, probabilities } = await run(['one 1/1', 'two 2/2']);
    expect(steps).toEqual([
      { phase: 'writing', current: 1, total: 2 },
      { phase: 'writing', current: 2, total: 2 },
      { phase: 'grading', current: 1, total: 4 },
      { phase: 'grading', current: 2, total: 4 },
      { phase: 'grading', current: 3, total: 4 },
      { phase: 'grading', current: 4, total: 4 },
    ]);
    expect(probabilities).toEqual([
      'two 2/2 helpful',
      'two 2/2 safe',
      'one 1/1 helpful',
      'one 1/1 safe',
    ]);
  });

  it('grades equal texts once', async () => {
    const { probabilities, last } = await run(['same 3/3', 'same 3/3']);
    expect(probabilities).toHaveLength(2);
    expect(last.bestOf?.candidates).toEqual([
      { text: 'same 3/3', helpful: 0.5, safe: 0.5 },
      { text: 'same 3/3', helpful: 0.5, safe: 0.5 },
    ]);
  });

  it('keeps complete candidates when it is stopped while it writes', async () => {
    const { last } = await run(['one 1/1', 'two'], {
      write: (writer, nth) => {
        writer.begin();
        writer.receive({ type: 'token', text: nth === 0 ? 'one' : 'tw' });
        const finish = nth === 0 ? 'stop' : 'aborted';
        writer.receive({ type: 'done', finish, usage });
        return Promise.resolve({ model: cria, system: '', exchanges });
      },
    });
    expect(last).toMatchObject({ state: 'stopped', text: 'one' });
    expect(last.bestOf?.candidates).toEqual([{ text: 'one' }]);
  });

  it('keeps a partial first candidate when it is stopped', async () => {
    const { last } = await run(['one'], {
      write: (writer) => {
        writer.begin();
        writer.receive({ type: 'token', text: 'on' });
        writer.receive({ type: 'done', finish: 'aborted', usage });
        return Promise.resolve({ model: cria, system: '', exchanges });
      },
    });
    expect(last).toMatchObject({ state: 'stopped', text: 'on' });
    expect(last.bestOf).toBeUndefined();
  });

  it('keeps all candidates when it is stopped while it grades', async () => {
    const { last } = await run(['one 1/1', 'two 2/2'], {
      choiceProbabilities: () => Promise.reject(new AppError('aborted')),
    });
    expect(last).toMatchObject({ state: 'stopped', text: 'one 1/1' });
    expect(last.bestOf?.candidates).toHaveLength(2);
  });

  it('says that the engine died, and keeps complete candidates', async () => {
    const { last } = await run(['one 1/1', 'two 2/2'], {
      choiceProbabilities: () => Promise.reject(new AppError('gpu-lost')),
    });
    expect(last).toMatchObject({ state: 'unfinished', error: { code: 'gpu-lost' } });
    const nothing = await run(['one'], { write: () => Promise.reject(new AppError('gpu-lost')) });
    expect(nothing.last).toMatchObject({ state: 'failed', text: '', error: { code: 'gpu-lost' } });
  });

  it('leaves out grades if there is no room for the grading question', async () => {
    const { last } = await run(['one 1/1', 'two 2/2'], {
      choiceProbabilities: () => Promise.reject(new AppError('context-overflow')),
    });
    expect(last).toMatchObject({ state: 'done', text: 'one 1/1' });
    expect(last.bestOf?.candidates).toEqual([{ text: 'one 1/1' }, { text: 'two 2/2' }]);
  });
});
