// What the engines' common part does with a prompt, with an engine that only counts.
import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import { Generation, type TokenModel } from '../../workers/engines/generation';
import { TokenEngine } from '../../workers/engines/token-engine';

/** One token for each character. It ends every answer at once. */
class CountingEngine extends TokenEngine {
  readonly tokenized: string[] = [];
  readonly prefilled: number[] = [];

  constructor() {
    super();
    const model: TokenModel = {
      contextTokens: 100,
      prefillStepTokens: 100,
      rewind: () => Promise.resolve(),
      prefill: async (tokens) => void this.prefilled.push(...tokens),
      startSampling: () => Promise.resolve(),
      sample: () => Promise.resolve(null),
      accept: () => Promise.resolve(),
      choiceProbabilities: () => Promise.resolve([]),
      json: null,
    };
    this.generation = new Generation(model);
  }

  tokenize(prompt: Prompt) {
    this.tokenized.push(...prompt.map(({ text }) => text));
    return Promise.resolve(prompt.map(({ text }) => [...text].map((one) => one.codePointAt(0)!)));
  }

  protected failure(cause: unknown) {
    return AppError.from(cause, 'engine-failed');
  }

  async read(prompt: Prompt) {
    const params = { maxTokens: 1, temperature: 0, topP: 1, repeatPenalty: 1 };
    const answer = this.generate(prompt, params, new AbortController().signal);
    while (!(await answer.next()).done);
  }

  answer(...texts: string[]) {
    return this.read(texts.map((text) => ({ type: 'text', text })));
  }
}

const codes = (text: string) => [...text].map((one) => one.codePointAt(0)!);

describe('an engine', () => {
  it('tokenizes a chat’s new parts only', async () => {
    const engine = new CountingEngine();
    await engine.answer('ab', 'cd', 'ab');
    expect(engine.tokenized.splice(0)).toEqual(['ab', 'cd']);
    await engine.answer('ab', 'cd', 'ab', 'ef');
    expect(engine.tokenized).toEqual(['ef']);
    expect(engine.prefilled).toEqual(codes('abcdabef'));
  });

  it('tells a control token from the same text', async () => {
    const engine = new CountingEngine();
    await engine.answer('ab');
    await engine.read([{ type: 'control', text: 'ab' }]);
    expect(engine.tokenized).toEqual(['ab', 'ab']);
  });

  it('forgets the tokens with the prompts', async () => {
    const engine = new CountingEngine();
    await engine.answer('ab');
    await engine.forget();
    await engine.answer('ab');
    expect(engine.tokenized).toEqual(['ab', 'ab']);
  });
});
