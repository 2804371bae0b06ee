/** The one generation loop of all engines: KV cache reuse, prefill in steps, sampling, usage stats. */
import type { Finish, GenerateParams } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import type { GenerationEvent } from './engine';
import { type JsonModel, JsonSampling } from './json-sampling';
import { StopStrings } from './stop-strings';
import { ThoughtBudget } from './thought-budget';

export interface Token {
  readonly token: number;
  readonly text: string;
}

/** What an engine offers at the level of tokens. Calls never overlap. */
export interface TokenModel {
  readonly contextTokens: number;
  /** The size of a prefill step. An abort takes effect between steps. */
  readonly prefillStepTokens: number;
  /** Shortens the KV cache to its first `keepTokens` tokens. */
  rewind(keepTokens: number): Promise<void>;
  /** Adds the tokens to the KV cache; the logits after the last one are needed only with `needsLogits`. */
  prefill(tokens: readonly number[], options: { needsLogits: boolean }): Promise<void>;
  startSampling(params: GenerateParams): Promise<void>;
  /**
   * The next token and the text that it completes; null if the model ends its answer. With `willAccept` the caller
   * will probably continue with the token, so the model may start its next step.
   */
  sample(options: { readonly willAccept: boolean }): Promise<Token | null>;
  /** Adds a sampled token to the KV cache. */
  accept(token: number): Promise<void>;
  /** The probability of each of the tokens as the next one; they add up to 1. */
  choiceProbabilities(tokens: readonly number[]): Promise<readonly number[]>;
  /** Restricts an answer to JSON; null if the bytes of the model's tokens are unknown. */
  readonly json: JsonModel | null;
}

interface Decoding {
  readonly maxTokens: number;
  readonly stops: StopStrings;
  readonly json: JsonSampling | null;
  readonly budget: ThoughtBudget | null;
  readonly closing: readonly Token[];
}

/** Answers prompts with one model, and tracks its KV cache. */
export class Generation {
  readonly #model: TokenModel;
  /** The tokens whose keys and values are in the KV cache, in order. */
  readonly #cached: number[] = [];

  constructor(model: TokenModel) {
    this.#model = model;
  }

  /**
   * Yields a prefill event between steps, then tokens, then `end`. Throws `context-overflow` before the prefill; any
   * other error comes from the model and leaves the KV cache in an unknown state. `closing` ends thoughts that are too
   * long.
   */
  async *answer(
    prompt: readonly number[],
    params: GenerateParams,
    signal: AbortSignal,
    closing: readonly Token[] = [],
  ): AsyncGenerator<GenerationEvent, void> {
    const cachedTokens = await this.#keepPrefix(prompt);
    const clock = usageClock(prompt.length, cachedTokens);

    while (this.#cached.length < prompt.length) {
      if (signal.aborted) return yield clock.end('aborted');
      await this.#readStep(prompt);
      const doneTokens = this.#cached.length;
      const totalTokens = prompt.length;
      // The first token follows the last step, and the page should draw nothing else just then.
      if (doneTokens < totalTokens) yield { type: 'prefill', doneTokens, totalTokens };
    }

    const stops = new StopStrings(params.stop ?? []);
    await this.#model.startSampling(params);
    const json = params.responseFormat ? await this.#startJson(params) : null;
    const budget = params.thoughts && !json ? new ThoughtBudget(params.thoughts) : null;
    const decoding = { ...params, stops, json, budget, closing };
    const finish = yield* this.#decode(decoding, clock, signal);
    for (const text of stops.rest()) yield { type: 'token', text };
    yield clock.end(finish);
  }

  /**
   * The probability that the prompt continues with each of the token sequences. Their common prefix is prefilled with
   * the prompt; they must differ in the token after it.
   */
  async choiceProbabilities(
    prompt: readonly number[],
    choices: readonly (readonly number[])[],
    signal: AbortSignal,
  ): Promise<readonly number[]> {
    const [first = []] = choices;
    const shared = Math.min(...choices.map((one) => commonPrefix(first, one)));
    const next = choices.flatMap((one) => one.slice(shared, shared + 1));
    if (new Set(next).size < choices.length) {
      throw new AppError('engine-failed', {}, { cause: 'one token does not tell the texts apart' });
    }
    const whole = [...prompt, ...first.slice(0, shared)];
    await this.#keepPrefix(whole);
    while (this.#cached.length < whole.length) {
      if (signal.aborted) throw new AppError('aborted');
      await this.#readStep(whole);
    }
    return this.#model.choiceProbabilities(next);
  }

  /** Empties the KV cache. */
  async forget(): Promise<void> {
    if (this.#cached.length > 0) await this.#model.rewind(0);
    this.#cached.length = 0;
  }

  async #readStep(prompt: readonly number[]): Promise<void> {
    const at = this.#cached.length;
    const step = prompt.slice(at, at + this.#model.prefillStepTokens);
    await this.#model.prefill(step, { needsLogits: at + step.length === prompt.length });
    this.#cached.push(...step);
  }

  /** Yields tokens until the answer ends, and returns the reason. */
  async *#decode(
    { maxTokens, stops, json, budget, closing }: Decoding,
    clock: ReturnType<typeof usageClock>,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent, Finish> {
    const forced: Token[] = [];
    while (!signal.aborted) {
      const isLast =
        clock.completionTokens + 1 >= maxTokens ||
        this.#cached.length + 1 >= this.#model.contextTokens;
      if (budget?.isSpent && forced.length === 0) forced.push(...closing);
      const sampled = forced.shift() ?? (await this.#sample(json, !isLast));
      clock.sampled();
      if (sampled === null) return 'stop';
      clock.count();
      budget?.add(sampled.text);
      for (const text of stops.add(sampled.text)) yield { type: 'token', text };
      if (stops.found || json?.isWhole) return 'stop';
      if (isLast) return 'length';
      await this.#model.accept(sampled.token);
      this.#cached.push(sampled.token);
    }
    return 'aborted';
  }

  async #sample(json: JsonSampling | null, willAccept: boolean): Promise<Token | null> {
    const own = await this.#model.sample({ willAccept });
    return json ? json.next(own?.token ?? null) : own;
  }

  #startJson(params: GenerateParams): Promise<JsonSampling> {
    const { json } = this.#model;
    if (!json) throw new AppError('engine-failed', {}, { cause: 'cannot be held to JSON' });
    return JsonSampling.start(json, params);
  }

  /**
   * Shortens the KV cache to what it has in common with the prompt; returns that number of tokens. The prompt's
   * last token is always prefilled again, since its logits are needed. Throws `context-overflow`, with nothing
   * changed, if the prompt leaves no room for a token.
   */
  async #keepPrefix(prompt: readonly number[]): Promise<number> {
    const { contextTokens } = this.#model;
    if (prompt.length >= contextTokens) {
      throw new AppError('context-overflow', { promptTokens: prompt.length, contextTokens });
    }
    const keep = Math.min(commonPrefix(this.#cached, prompt), prompt.length - 1);
    if (keep < this.#cached.length) await this.#model.rewind(keep);
    this.#cached.length = keep;
    return keep;
  }
}

/** The number of equal tokens at the start of two sequences. */
export function commonPrefix(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at += 1;
  return at;
}

/** Scaled to a sum of 1; all equal if the sum is 0. */
export function normalised(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length));
}

/** Starts with prefill, which ends with the first sampled token; `end` returns the closing event. */
function usageClock(promptTokens: number, cachedTokens: number) {
  const startMs = performance.now();
  let prefillEndMs: number | null = null;
  let completionTokens = 0;
  return {
    sampled() {
      prefillEndMs ??= performance.now();
    },
    count() {
      completionTokens += 1;
    },
    get completionTokens() {
      return completionTokens;
    },
    end(finish: Finish): GenerationEvent {
      const nowMs = performance.now();
      const decodeStartMs = prefillEndMs ?? nowMs;
      return {
        type: 'end',
        finish,
        usage: {
          promptTokens,
          cachedTokens,
          completionTokens,
          prefillMs: decodeStartMs - startMs,
          decodeMs: nowMs - decodeStartMs,
        },
      };
    },
  };
}
