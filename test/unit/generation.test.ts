// The generation loop with a scripted model, for what shows only in the speed of a real one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GenerateParams } from '../../src/protocol/engine';
import type { GenerationEvent } from '../../workers/engines/engine';
import { commonPrefix, Generation, type TokenModel } from '../../workers/engines/generation';

const params: GenerateParams = { maxTokens: 10, temperature: 0, topP: 1, repeatPenalty: 1 };
const never = new AbortController().signal;

/** Writes the given tokens, each as its number, and records its calls. */
class ScriptedModel implements TokenModel {
  readonly contextTokens = 20;
  readonly prefillStepTokens = 4;
  readonly calls: string[] = [];
  script: number[] = [];
  onPrefill = () => {};

  /** The KV cache according to the calls. */
  readonly held: number[] = [];

  rewind(keepTokens: number) {
    this.held.length = keepTokens;
    this.calls.push(`rewind ${keepTokens}`);
    return Promise.resolve();
  }
  prefill(tokens: readonly number[], { needsLogits }: { needsLogits: boolean }) {
    this.held.push(...tokens);
    this.calls.push(`prefill ${tokens.join()}${needsLogits ? ' with logits' : ''}`);
    this.onPrefill();
    return Promise.resolve();
  }
  heldWhenSampling: readonly number[] = [];

  startSampling() {
    this.heldWhenSampling = [...this.held];
    return Promise.resolve();
  }
  sample() {
    const token = this.script.shift();
    return Promise.resolve(token === undefined ? null : { token, text: `${token} ` });
  }
  accept(token: number) {
    this.held.push(token);
    this.calls.push(`accept ${token}`);
    return Promise.resolve();
  }
  readonly json = null;
  choiceProbabilities(tokens: readonly number[]) {
    this.calls.push(`choiceProbabilities ${tokens.join()}`);
    return Promise.resolve(tokens.map(() => 1 / tokens.length));
  }
}

async function run(
  generation: Generation,
  prompt: number[],
  options: { params?: GenerateParams; signal?: AbortSignal } = {},
) {
  const events: GenerationEvent[] = [];
  const stream = generation.answer(prompt, options.params ?? params, options.signal ?? never);
  for await (const event of stream) events.push(event);
  const text = events.map((event) => (event.type === 'token' ? event.text : '')).join('');
  const end = events.at(-1);
  if (end?.type !== 'end') throw new Error('no end');
  return { events, text, finish: end.finish, usage: end.usage };
}

describe('Generation', () => {
  it('reads the prompt by steps and needs logits only after the last', async () => {
    const model = new ScriptedModel();
    model.script = [7, 8];
    const { text, finish, usage } = await run(new Generation(model), [1, 2, 3, 4, 5, 6]);
    expect(model.calls).toEqual([
      'prefill 1,2,3,4',
      'prefill 5,6 with logits',
      'accept 7',
      'accept 8',
    ]);
    expect(text).toBe('7 8 ');
    expect(finish).toBe('stop');
    expect(usage).toMatchObject({ promptTokens: 6, cachedTokens: 0, completionTokens: 2 });
  });

  it('keeps what the next prompt shares with the last prompt and its answer', async () => {
    const model = new ScriptedModel();
    const generation = new Generation(model);
    model.script = [7, 8];
    await run(generation, [1, 2, 3]);
    model.calls.length = 0;
    const { usage } = await run(generation, [1, 2, 3, 7, 8, 2, 9]);
    expect(usage.cachedTokens).toBe(5);
    expect(model.calls).toEqual(['prefill 2,9 with logits']);
  });

  it('cuts back what differs, and always reads the last token again', async () => {
    const model = new ScriptedModel();
    const generation = new Generation(model);
    await run(generation, [1, 2, 3, 4]);
    await run(generation, [1, 2, 9]);
    expect(model.calls.slice(1)).toEqual(['rewind 2', 'prefill 9 with logits']);
    model.calls.length = 0;
    const { usage } = await run(generation, [1, 2, 9]);
    expect(model.calls).toEqual(['rewind 2', 'prefill 9 with logits']);
    expect(usage.cachedTokens).toBe(2);
  });

  it('empties the KV cache on request', async () => {
    const model = new ScriptedModel();
    const generation = new Generation(model);
    await run(generation, [1, 2, 3, 4]);
    await generation.forget();
    expect(model.held).toEqual([]);
    const { usage } = await run(generation, [1, 2, 3, 4]);
    expect(usage.cachedTokens).toBe(0);
  });

  it('stops at an abort between steps, and knows its KV cache', async () => {
    const model = new ScriptedModel();
    const generation = new Generation(model);
    const controller = new AbortController();
    model.onPrefill = () => controller.abort();
    const { finish } = await run(generation, [1, 2, 3, 4, 5], { signal: controller.signal });
    expect(finish).toBe('aborted');
    const { usage } = await run(generation, [1, 2, 3, 4, 5]);
    expect(usage.cachedTokens).toBe(4);
  });

  it('ends at the token limit and when the context is full', async () => {
    const model = new ScriptedModel();
    const generation = new Generation(model);
    model.script = [7, 8, 9];
    const short = await run(generation, [1], { params: { ...params, maxTokens: 2 } });
    expect(short).toMatchObject({ finish: 'length', text: '7 8 ' });
    model.script = [7, 8, 9];
    const full = Array.from({ length: 18 }, (_, index) => index);
    expect(await run(generation, full)).toMatchObject({ finish: 'length', text: '7 8 ' });
  });

  it('samples after exactly the prompt’s tokens, after any earlier prompts, answers and stops', async () => {
    const tokens = fc.array(fc.nat(2), { minLength: 1, maxLength: 18 });
    const turn = fc.record({ prompt: tokens, script: fc.array(fc.nat(2)), stopAfter: fc.nat(6) });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 6 }), async (turns) => {
        const model = new ScriptedModel();
        const generation = new Generation(model);
        for (const { prompt, script, stopAfter } of turns) {
          model.script = [...script];
          model.heldWhenSampling = [];
          const controller = new AbortController();
          let events = 0;
          for await (const event of generation.answer(prompt, params, controller.signal)) {
            events += 1;
            if (event.type !== 'end' && events > stopAfter) controller.abort();
            if (event.type === 'token') expect(model.heldWhenSampling).toEqual(prompt);
          }
        }
      }),
    );
  });

  it('refuses a prompt that leaves no room, and reads nothing of it', async () => {
    const model = new ScriptedModel();
    const prompt = Array.from({ length: 20 }, (_, index) => index);
    await expect(run(new Generation(model), prompt)).rejects.toMatchObject({
      code: 'context-overflow',
      data: { promptTokens: 20, contextTokens: 20 },
    });
    expect(model.calls).toEqual([]);
  });
});

describe('stop strings', () => {
  it('end the answer before them, and the KV cache holds the accepted tokens', async () => {
    const model = new ScriptedModel();
    const generation = new Generation(model);
    model.script = [7, 8, 9];
    const stopped = await run(generation, [1], { params: { ...params, stop: [' 8'] } });
    expect(stopped).toMatchObject({ text: '7', finish: 'stop', usage: { completionTokens: 2 } });
    const { usage } = await run(generation, [1, 7, 2]);
    expect(usage.cachedTokens).toBe(2);
  });

  it('release held text at the token limit, an event for each token', async () => {
    const model = new ScriptedModel();
    model.script = [7, 8, 9];
    const short = { ...params, maxTokens: 2, stop: ['7 8 9'] };
    const { events, text, finish } = await run(new Generation(model), [1], { params: short });
    expect(text).toBe('7 8 ');
    expect(finish).toBe('length');
    expect(events.filter(({ type }) => type === 'token')).toHaveLength(2);
  });
});

describe('choiceProbabilities', () => {
  it('prefills what the choices share, and compares the tokens that distinguish them', async () => {
    const model = new ScriptedModel();
    const generation = new Generation(model);
    await run(generation, [1, 2]);
    model.calls.length = 0;
    const probabilities = await generation.choiceProbabilities(
      [1, 2],
      [
        [5, 6],
        [5, 7, 8],
      ],
      never,
    );
    expect(probabilities).toEqual([0.5, 0.5]);
    expect(model.calls).toEqual(['prefill 5 with logits', 'choiceProbabilities 6,7']);
    expect((await run(generation, [1, 2, 5, 9])).usage.cachedTokens).toBe(3);
  });

  it('refuses choices that one token does not tell apart', async () => {
    const generation = new Generation(new ScriptedModel());
    await expect(
      generation.choiceProbabilities([1], [[5], [5, 6], [7]], never),
    ).rejects.toMatchObject({
      code: 'engine-failed',
    });
    await expect(generation.choiceProbabilities([1], [[5], [5]], never)).rejects.toMatchObject({
      code: 'engine-failed',
    });
  });

  it('stops at an abort between steps, and refuses a prompt that leaves no room', async () => {
    const model = new ScriptedModel();
    const controller = new AbortController();
    model.onPrefill = () => controller.abort();
    const probabilities = new Generation(model).choiceProbabilities(
      [1, 2, 3, 4, 5],
      [[6], [7]],
      controller.signal,
    );
    await expect(probabilities).rejects.toMatchObject({ code: 'aborted' });
    const long = Array.from({ length: 20 }, (_, index) => index);
    await expect(
      new Generation(model).choiceProbabilities(long, [[6], [7]], never),
    ).rejects.toMatchObject({
      code: 'context-overflow',
    });
  });
});

describe('commonPrefix', () => {
  it.each([
    [[], [1], 0],
    [[1, 2, 3], [1, 2, 4], 2],
    [[1, 2], [1, 2, 3], 2],
    [[1, 2, 3], [1, 2], 2],
  ])('of %j and %j is %i', (a, b, length) => expect(commonPrefix(a, b)).toBe(length));
});
