import { describe, expect, it } from 'vitest';
import { builtInModel } from '../../../src/core/models/built-in';
import { cria } from '../../../src/core/models/cria';
import { generateParams } from '../../../src/core/prompt/model-request';
import {
  readModelSampling,
  readSampling,
  readStopLines,
  stopLines,
  withSampling,
} from '../../../src/core/prompt/sampling';

describe('readSampling', () => {
  it.each([
    {},
    { temperature: 0, topP: 1, repeatPenalty: 1, maxAnswerTokens: 1, seed: 0, stop: [] },
    { temperature: 2, topP: 0.05, repeatPenalty: 2, maxAnswerTokens: 4096, seed: 2147483647 },
    { stop: ['a', 'b', 'c', '\n\n'] },
    { topK: 0, minP: 0, frequencyPenalty: -2, presencePenalty: 2 },
    { topK: 1000, minP: 1 },
  ])('takes %j', (value) => expect(readSampling(value)).toEqual(value));

  it('reads a preset that was written when the limit had another name', () => {
    expect(readSampling({ maxReplyTokens: 7 })).toEqual({ maxAnswerTokens: 7 });
    expect(readSampling({ maxReplyTokens: 0 })).toBeUndefined();
    expect(readSampling({ maxReplyTokens: 7, maxAnswerTokens: 8 })).toEqual({ maxAnswerTokens: 8 });
  });

  it.each([
    null,
    [],
    'hot',
    { temperature: -0.1 },
    { temperature: 2.1 },
    { temperature: NaN },
    { temperature: '1' },
    { topP: 0 },
    { maxAnswerTokens: 1.5 },
    { topK: 1.5 },
    { topK: -1 },
    { minP: 1.1 },
    { frequencyPenalty: -2.1 },
    { presencePenalty: '1' },
    { seed: -1 },
    { seed: 2 ** 31 },
    { stop: 'x' },
    { stop: [''] },
    { stop: [7] },
    { stop: ['a', 'b', 'c', 'd', 'e'] },
    { stop: ['x'.repeat(61)] },
    { unknown: 1 },
    { constructor: 1 },
    JSON.parse('{"__proto__": 1}'),
  ])('refuses %j', (value) => expect(readSampling(value)).toBeUndefined());
});

describe('readModelSampling', () => {
  it('keeps values within the limits only', () => {
    const facts = { temperature: 0.7, topK: 20, topP: 7, minP: 'x', seed: 4, stop: ['.'] };
    expect(readModelSampling(facts)).toEqual({ temperature: 0.7, topK: 20 });
    for (const none of [undefined, null, 'hot', []]) expect(readModelSampling(none)).toEqual({});
  });
});

describe('stop strings as lines', () => {
  it('come back as they were typed, with \\n for a line break', () => {
    expect(readStopLines('User:\n\\n\\n\n\n')).toEqual(['User:', '\n\n']);
    expect(stopLines(['User:', '\n\n'])).toBe('User:\n\\n\\n');
  });

  it('are four at most', () => expect(readStopLines('a\nb\nc\nd\ne')).toHaveLength(4));
});

describe('withSampling', () => {
  it('puts a person’s values in place of the model’s, and leaves half the window to the chat', () => {
    const { sampling } = withSampling(cria, { temperature: 1, maxAnswerTokens: 4096 });
    expect(sampling).toEqual({ ...cria.sampling, temperature: 1, maxAnswerTokens: 256 });
  });
});

describe('generateParams', () => {
  const seeded = withSampling(cria, { seed: 7, stop: ['.'], temperature: 0.3 });

  it('hands seed and stop strings to the engine', () => {
    expect(generateParams(seeded, { varied: false })).toEqual({
      maxTokens: 48,
      temperature: 0.3,
      topP: 0.9,
      repeatPenalty: 1,
      seed: 7,
      stop: ['.'],
    });
  });

  it('passes on top-k, min-p and penalties if they are set', () => {
    const set = { topK: 5, minP: 0.1, frequencyPenalty: 0.5, presencePenalty: -0.5 };
    expect(generateParams(withSampling(cria, set), { varied: false })).toMatchObject(set);
    const off = { topK: 0, minP: 0, frequencyPenalty: 0, presencePenalty: 0 };
    expect(generateParams(withSampling(builtInModel, off), { varied: false })).not.toHaveProperty(
      'topK',
    );
  });

  it('varies a second attempt, which the same seed would repeat', () => {
    const params = generateParams(seeded, { varied: true });
    expect(params.temperature).toBe(0.8);
    expect(params.seed).toBeUndefined();
  });

  it('gives each of several answers its own seed', () => {
    expect(generateParams(seeded, { varied: true, nth: 2 }).seed).toBe(9);
    expect(generateParams(cria, { varied: true, nth: 2 }).seed).toBeUndefined();
  });
});
