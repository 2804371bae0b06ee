/** The one generation loop of all engines: KV cache reuse, prefill by steps, sampling, usage figures. */
import type { Finish, GenerateParams } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import type { GenerationEvent } from './engine';

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
  /** The next token and the text that it completes; null where the model ends its answer. */
  sample(): Promise<{ readonly token: number; readonly text: string } | null>;
  /** Adds a sampled token to the KV cache. */
  accept(token: number): Promise<void>;
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
    const { contextTokens, prefillStepTokens } = this.#model;
    // One place is needed for the first token of the answer.
    if (prompt.length >= contextTokens) {
      throw new AppError('context-overflow', { promptTokens: prompt.length, contextTokens });
    }
    const cachedTokens = await this.#keepPrefix(prompt);
    const clock = usageClock(prompt.length, cachedTokens);

    while (this.#cached.length < prompt.length) {
      if (signal.aborted) return yield clock.end('aborted');
      const at = this.#cached.length;
      const step = prompt.slice(at, at + prefillStepTokens);
      const needsLogits = at + step.length === prompt.length;
      await this.#model.prefill(step, { needsLogits });
      this.#cached.push(...step);
      yield { type: 'prefill', doneTokens: this.#cached.length, totalTokens: prompt.length };
    }

    await this.#model.startSampling(params);
    while (!signal.aborted) {
      const sampled = await this.#model.sample();
      clock.sampled();
      if (sampled === null) return yield clock.end('stop');
      const { token, text } = sampled;
      clock.count();
      yield { type: 'token', text };
      const isFull = this.#cached.length + 1 >= contextTokens;
      if (clock.completionTokens >= params.maxTokens || isFull) return yield clock.end('length');
      await this.#model.accept(token);
      this.#cached.push(token);
    }
    yield clock.end('aborted');
  }

  /**
   * Cuts the KV cache back to what it shares with the prompt; returns how many tokens that is.
   * The prompt's last token is always read again, since its logits are needed.
   */
  async #keepPrefix(prompt: readonly number[]): Promise<number> {
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
