/** The common part of engines with a loaded model: converts a prompt to tokens and runs the generation loop. */
import { type GenerateParams, partKey, type Prompt } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import type { GenerationEvent } from './engine';
import type { Generation, Token } from './generation';

export abstract class TokenEngine {
  /** Null while no model is loaded. */
  protected generation: Generation | null = null;
  /** The tokens of the last prompt's parts: the next turn of a chat repeats nearly all of them. */
  #known: ReadonlyMap<string, readonly number[]> = new Map();

  /** As in `Engine`. */
  abstract tokenize(prompt: Prompt): Promise<readonly (readonly number[])[]>;

  /** Converts a runtime's error; reports the loss of the model if it is one. */
  protected abstract failure(cause: unknown): AppError;

  async *generate(
    prompt: Prompt,
    params: GenerateParams,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent, void> {
    const generation = this.#loaded();
    try {
      const tokens = await this.#tokensOf(prompt);
      const closing = params.thoughts ? await this.#closing(params.thoughts.closing) : [];
      yield* generation.answer(tokens.flat(), params, signal, closing);
    } catch (cause) {
      throw this.failure(cause);
    }
  }

  async choiceProbabilities(
    prompt: Prompt,
    choices: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly number[]> {
    const generation = this.#loaded();
    try {
      const tokens = await this.tokenize(choices.map((text) => ({ type: 'text', text })));
      return await generation.choiceProbabilities(
        (await this.tokenize(prompt)).flat(),
        tokens,
        signal,
      );
    } catch (cause) {
      throw this.failure(cause);
    }
  }

  async forget(): Promise<void> {
    this.#known = new Map();
    try {
      await this.#loaded().forget();
    } catch (cause) {
      throw this.failure(cause);
    }
  }

  /** As `tokenize`; only new parts are tokenized. */
  async #tokensOf(prompt: Prompt): Promise<readonly (readonly number[])[]> {
    const parts = new Map(prompt.map((part) => [partKey(part), part]));
    const known = new Map([...this.#known].filter(([key]) => parts.has(key)));
    const missing = [...parts].filter(([key]) => !known.has(key));
    const added = await this.tokenize(missing.map(([, part]) => part));
    missing.forEach(([key], at) => known.set(key, added[at]!));
    this.#known = known;
    return prompt.map((part) => known.get(partKey(part))!);
  }

  /** The tokens that end thoughts: the closing mark on a line of its own, as a control token if the model has one. */
  async #closing(mark: string): Promise<readonly Token[]> {
    const parts = [
      { type: 'text', text: '\n' },
      { type: 'control', text: mark },
      { type: 'text', text: '\n\n' },
    ] as const;
    const tokens = await this.tokenize(parts);
    return parts.flatMap(({ text }, part) =>
      tokens[part]!.map((token, at) => ({ token, text: at === 0 ? text : '' })),
    );
  }

  #loaded(): Generation {
    if (!this.generation) throw new AppError('model-not-loaded');
    return this.generation;
  }
}
