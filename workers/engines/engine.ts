/** The interface of every inference engine. */
import type {
  EngineModel,
  Finish,
  GenerateParams,
  Loaded,
  LoadProgress,
  Prompt,
  Usage,
} from '../../src/protocol/engine';
import type { AppError } from '../../src/protocol/errors';

/** Prefill events come first, then tokens, then `end`. */
export type GenerationEvent =
  | { readonly type: 'prefill'; readonly doneTokens: number; readonly totalTokens: number }
  | { readonly type: 'token'; readonly text: string }
  | { readonly type: 'end'; readonly finish: Finish; readonly usage: Usage };

/** Calls never overlap: the host waits for one to end before the next. */
export interface Engine<M extends EngineModel = EngineModel> {
  /**
   * Loads the model and replaces the current one. After a rejection, which is an AppError, the engine object is
   * unusable and the host drops it.
   */
  load(
    model: M,
    options: { signal: AbortSignal; onProgress: (progress: LoadProgress) => void },
  ): Promise<Loaded>;
  /**
   * An abort ends the stream with finish `aborted` as soon as the engine allows; the model stays loaded. Throws
   * `context-overflow` before prefill if the prompt is too long.
   */
  generate(
    prompt: Prompt,
    params: GenerateParams,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent, void>;
  /** The token ids of each part, exactly as `generate` uses them. */
  tokenize(prompt: Prompt): Promise<readonly (readonly number[])[]>;
  /**
   * The probability that the answer begins with each of the choices; they add up to 1. The choices must differ
   * in a single token; throws `engine-failed` otherwise, `aborted` after an abort, and `context-overflow` as
   * `generate` does.
   */
  choiceProbabilities(
    prompt: Prompt,
    choices: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly number[]>;
  /** Empties the KV cache, so that nothing about earlier prompts can be inferred later. */
  forget(): Promise<void>;
  /** Frees all memory; the object must not be used again. */
  unload(): Promise<void>;
}

/** Called at most once, when a loaded model is lost without an `unload`. */
export type OnLost = (error: AppError) => void;
