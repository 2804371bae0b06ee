/** The one generation loop of all engines: KV cache reuse, prefill by steps, sampling, usage figures. */
import type { Finish, GenerateParams } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import type { GenerationEvent } from './engine';
import { type JsonModel, JsonSampling } from './json-sampling';
import { StopStrings } from './stop-strings';

/** What an engine offers for tokens. Calls never overlap. */
export interface TokenModel {
  readonly contextTokens: number;
  /** How many tokens a prefill step takes. An abort is looked at between steps. */
  readonly prefillStepTokens: number;
  /** Cuts the KV cache back to its first so many tokens. */
  rewind(keepTokens: number): Promise<void>;
  /** Adds the tokens to the KV cache; the logits after the last one are needed only if it says so. */
  prefill(tokens: readonly number[], options: { needsLogits: boolean }): Promise<void>;
  startSampling(params: GenerateParams): Promise<void>;
  /**
   * The next token and the text that it completes; null where the model ends its answer. `willAccept` says that
   * the caller goes on with the token, so that a model may begin with it: it is likely, not sure.
   */
  sample(options: {
    readonly willAccept: boolean;
  }): Promise<{ readonly token: number; readonly text: string } | null>;
  /** Adds a sampled token to the KV cache. */
  accept(token: number): Promise<void>;
  /** How probable each of the tokens is as the next one, relative to the others; they add up to 1. */
  choiceProbabilities(tokens: readonly number[]): Promise<readonly number[]>;
  /** What holds an answer to JSON; null where the model's tokens are not known well enough. */
  readonly json: JsonModel | null;
}

interface Decoding {
  readonly maxTokens: number;
  readonly stops: StopStrings;
  readonly json: JsonSampling | null;
}

/** Answers prompts with one model, and knows what its KV cache holds. */
export class Generation {
  readonly #model: TokenModel;
  /** The tokens whose keys and values are in the KV cache, in order. */
  readonly #cached: number[] = [];

  constructor(model: TokenModel) {
    this.#model = model;
  }

  /**
   * Prefill events, then tokens, `end` last. Throws `context-overflow` before anything is read; any
   * other error comes from the model and leaves the KV cache in an unknown state.
   */
  async *answer(
    prompt: readonly number[],
    params: GenerateParams,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent, void> {
    const cachedTokens = await this.#keepPrefix(prompt);
    const clock = usageClock(prompt.length, cachedTokens);

    while (this.#cached.length < prompt.length) {
      if (signal.aborted) return yield clock.end('aborted');
      await this.#readStep(prompt);
      yield { type: 'prefill', doneTokens: this.#cached.length, totalTokens: prompt.length };
    }

    const stops = new StopStrings(params.stop ?? []);
    await this.#model.startSampling(params);
    const json = params.responseFormat === 'json' ? await this.#startJson(params) : null;
    const finish = yield* this.#decode({ ...params, stops, json }, clock, signal);
    for (const text of stops.rest()) yield { type: 'token', text };
    yield clock.end(finish);
  }

  /**
   * How probable it is that the prompt goes on with each of the token sequences, relative to the others.
   * What all share at their start is read with the prompt; the next token has to tell them apart.
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

  /** Yields tokens until one of the reasons to end, which it returns. */
  async *#decode(
    { maxTokens, stops, json }: Decoding,
    clock: ReturnType<typeof usageClock>,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent, Finish> {
    while (!signal.aborted) {
      const isLast =
        clock.completionTokens + 1 >= maxTokens ||
        this.#cached.length + 1 >= this.#model.contextTokens;
      const own = await this.#model.sample({ willAccept: !isLast });
      const sampled = json ? await json.next(own?.token ?? null) : own;
      clock.sampled();
      if (sampled === null) return 'stop';
      clock.count();
      for (const text of stops.take(sampled.text)) yield { type: 'token', text };
      if (stops.found || json?.isWhole) return 'stop';
      if (isLast) return 'length';
      await this.#model.accept(sampled.token);
      this.#cached.push(sampled.token);
    }
    return 'aborted';
  }

  #startJson(params: GenerateParams): Promise<JsonSampling> {
    const { json } = this.#model;
    if (!json) throw new AppError('engine-failed', {}, { cause: 'cannot be held to JSON' });
    return JsonSampling.start(json, params);
  }

  /**
   * Cuts the KV cache back to what it shares with the prompt; returns how many tokens that is.
   * The prompt's last token is always read again, since its logits are needed. Throws
   * `context-overflow`, with nothing changed, if the prompt leaves no room for a token.
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

/** How many tokens two sequences share from their start. */
export function commonPrefix(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at += 1;
  return at;
}

/** Scaled so that they add up to 1; all alike where there is nothing to tell them apart. */
export function normalised(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length));
}

/** Starts with prefill, which ends with the first sampled token; `end` gives the closing event. */
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
