// WebLLM's token model, one step ahead, on scripted GPU steps: what the KV cache holds, and what is answered.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GenerateParams } from '../../src/protocol/engine';
import { Generation } from '../../workers/engines/generation';
import type { ExactTokenizer } from '../../workers/engines/tokenizer';
import { type GpuSteps, tokenModel } from '../../workers/engines/webllm-token-model';
import type { Tensor } from '../../workers/engines/webllm-pipeline';

const params: GenerateParams = { maxTokens: 50, temperature: 0, topP: 1, repeatPenalty: 1 };
const never = new AbortController().signal;
const stopToken = 0;
const vocabularySize = 6;

/** Its next token follows from all that the KV cache holds, and from how often each token was counted. */
class ScriptedSteps implements GpuSteps {
  readonly contextTokens = 12;
  readonly prefillStepTokens = 4;
  readonly stopTokens = [stopToken];
  readonly kvCache: number[] = [];
  readonly calls: string[] = [];
  /** Logits that were not disposed of. */
  readonly kept = new Set<Tensor>();
  heldWhenSampling: readonly number[] = [];
  isLost = false;
  readonly #values = new Map<Tensor, number[]>();

  constructor(readonly canRunAhead: boolean) {}

  reset() {
    this.kvCache.length = 0;
  }
  shortenTo(tokens: number) {
    if (tokens > this.kvCache.length) throw new Error('cut back to more than there is');
    this.kvCache.length = tokens;
  }
  rollBack() {
    this.calls.push('take back');
    this.shortenTo(this.kvCache.length - 1);
  }
  prefill(tokens: readonly number[]) {
    return Promise.resolve(this.#add(...tokens));
  }
  startSampling() {
    this.heldWhenSampling = [...this.kvCache];
  }
  sample(logits: Tensor, counts: ReadonlyMap<number, number>) {
    const counted = [...counts].reduce((sum, [token, count]) => sum + token * count, 0);
    const token = (this.#sumOf(logits) + counted) % vocabularySize;
    this.calls.push(`sample ${token}`);
    const onGpu = {} as Tensor;
    this.#values.set(onGpu, [token]);
    return { onGpu, read: this.isLost ? new Promise<number>(() => {}) : Promise.resolve(token) };
  }
  forward(token: number) {
    this.calls.push(`forward ${token}`);
    return Promise.resolve(this.#add(token));
  }
  forwardAhead({ onGpu }: { onGpu: Tensor }) {
    this.calls.push('forward ahead');
    return this.#add(...this.#values.get(onGpu)!);
  }
  read(logits: Tensor) {
    const scores = Array.from({ length: vocabularySize }, (_, token) => {
      return -((this.#sumOf(logits) + token) % vocabularySize);
    });
    return Promise.resolve(Float32Array.from(scores));
  }

  #sumOf(logits: Tensor): number {
    if (!this.kept.has(logits)) throw new Error('these logits were disposed of');
    return this.#values.get(logits)!.reduce((sum, value, at) => sum + value * (at + 1), 0);
  }

  #add(...tokens: number[]): Tensor {
    this.kvCache.push(...tokens);
    if (this.kvCache.length > this.contextTokens) throw new Error('beyond the window');
    const logits = { dispose: () => this.kept.delete(logits) } as unknown as Tensor;
    this.kept.add(logits);
    this.#values.set(logits, [...this.kvCache]);
    return logits;
  }
}

const tokenizer: ExactTokenizer = {
  encode: () => [],
  decoder: () => ({ add: (token) => `${token}` }),
  vocabulary: () => Array.from('x12{}"', (letter) => new TextEncoder().encode(letter)),
};

function modelOn(steps: ScriptedSteps, orLost = <T>(work: Promise<T>) => work) {
  return tokenModel(steps, tokenizer, orLost);
}

describe('a sampled token', () => {
  it('is added to the KV cache before it is read, and not once more when it is accepted', async () => {
    const steps = new ScriptedSteps(true);
    const model = modelOn(steps);
    await model.prefill([1, 2], { needsLogits: true });
    await model.startSampling(params);
    await model.sample({ willAccept: true });
    await model.accept(5);
    expect(steps.calls).toEqual(['sample 5', 'forward ahead']);
    expect(steps.kvCache).toEqual([1, 2, 5]);
  });

  it('is removed if another token is accepted, as for JSON', async () => {
    const steps = new ScriptedSteps(true);
    const model = modelOn(steps);
    await model.prefill([1, 2], { needsLogits: true });
    await model.startSampling(params);
    await model.sample({ willAccept: true });
    expect((await model.json!.likeliest(1))[0]?.token).toBe(1); // by the logits that it was sampled from
    await model.accept(3);
    expect(steps.calls).toEqual(['sample 5', 'forward ahead', 'take back', 'forward 3']);
    expect(steps.kvCache).toEqual([1, 2, 3]);
  });

  it('is taken back before anything is probabilities', async () => {
    const steps = new ScriptedSteps(true);
    const model = modelOn(steps);
    await model.prefill([1, 2], { needsLogits: true });
    await model.startSampling(params);
    await model.sample({ willAccept: true });
    const weights = await model.choiceProbabilities([1, 2]);
    expect(weights[0]).toBeGreaterThan(weights[1]!);
    expect(steps.kvCache).toEqual([1, 2]);
  });

  it('is read first if it is the last one, or the state of the model cannot be shortened', async () => {
    for (const [canRunAhead, willAccept] of [
      [true, false],
      [false, true],
    ] as const) {
      const steps = new ScriptedSteps(canRunAhead);
      const model = modelOn(steps);
      await model.prefill([1, 2], { needsLogits: true });
      await model.startSampling(params);
      await model.sample({ willAccept });
      expect(steps.calls).toEqual(['sample 5']);
    }
  });

  it('is not waited for when the device is lost', async () => {
    const steps = new ScriptedSteps(true);
    steps.isLost = true;
    const lost = Promise.reject(new Error('lost'));
    const model = modelOn(steps, (work) => Promise.race([work, lost]));
    await model.startSampling(params);
    await expect(model.prefill([1], { needsLogits: true })).resolves.toBeUndefined();
    await expect(model.sample({ willAccept: true })).rejects.toThrow('lost');
  });
});

describe('answers one step ahead', () => {
  const token = fc.integer({ min: 1, max: vocabularySize - 1 });
  const turn = fc.record({
    prompt: fc.array(token, { minLength: 1, maxLength: 11 }),
    maxTokens: fc.integer({ min: 1, max: 9 }),
    stop: fc.option(token.map(String), { nil: undefined }),
    stopAfterEvents: fc.integer({ min: 0, max: 14 }),
    goesOn: fc.boolean(),
    then: fc.constantFrom('nothing', 'choiceProbabilities', 'forget'),
  });

  it('are those of step by step, and the KV cache holds what was shown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 6 }), async (turns) => {
        const [ahead, byStep] = [new ScriptedSteps(true), new ScriptedSteps(false)];
        expect(await answers(ahead, turns)).toEqual(await answers(byStep, turns));
        expect(byStep.calls).not.toContain('forward ahead');
      }),
      { numRuns: 150 },
    );
  });

  type Turn = typeof turn extends fc.Arbitrary<infer T> ? T : never;

  async function answers(steps: ScriptedSteps, turns: readonly Turn[]) {
    const generation = new Generation(modelOn(steps));
    const seen: unknown[] = [];
    let before: number[] = [];
    for (const { prompt, maxTokens, stop, stopAfterEvents, goesOn, then } of turns) {
      // Half of the prompts go on from the answer before, as a chat does.
      const whole = (goesOn ? [...before, ...prompt] : prompt).slice(0, 11);
      const controller = new AbortController();
      const asked = { ...params, maxTokens, repeatPenalty: 1.1, ...(stop ? { stop: [stop] } : {}) };
      const written: number[] = [];
      let events = 0;
      steps.heldWhenSampling = whole;
      for await (const event of generation.answer(whole, asked, controller.signal)) {
        if (event.type === 'token') written.push(...Array.from(event.text, Number));
        else seen.push(event.type === 'end' ? [event.finish, event.usage.cachedTokens] : event);
        expect(steps.heldWhenSampling).toEqual(whole);
        events += 1;
        if (events > stopAfterEvents) controller.abort();
      }
      seen.push(written);
      before = [...whole, ...written];
      if (then === 'choiceProbabilities')
        seen.push(await generation.choiceProbabilities(whole, [[1], [2]], never));
      if (then === 'forget') {
        await generation.forget();
        expect(steps.kvCache).toEqual([]);
      }
      // The logits after the last token, and those of a step that nobody has accepted.
      expect(steps.kept.size).toBeLessThanOrEqual(2);
    }
    return seen;
  }
});
