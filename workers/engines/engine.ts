/** The engine port: the one interface behind which every inference engine stands. */
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

/** Prefill comes first (possibly several times), then tokens, `end` last. */
export type GenerationEvent =
  | { readonly type: 'prefill'; readonly doneTokens: number; readonly totalTokens: number }
  | { readonly type: 'token'; readonly text: string }
  | { readonly type: 'end'; readonly finish: Finish; readonly usage: Usage };

/** Calls never overlap: the host lets one end before the next begins. */
export interface Engine<M extends EngineModel = EngineModel> {
  /**
   * Loads the model in place of any other. Rejects with an AppError; the engine object is of no
   * further use then, and the host drops it.
   */
  load(
    model: M,
    options: { signal: AbortSignal; onProgress: (progress: LoadProgress) => void },
  ): Promise<Loaded>;
  /**
   * An abort ends the stream with finish `aborted` as soon as the engine allows; the model stays
   * loaded. Throws `context-overflow` before prefill when the prompt is too long.
   */
  generate(
    prompt: Prompt,
    params: GenerateParams,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent, void>;
  /** The token ids of each part, exactly as `generate` would read them. */
  tokenize(prompt: Prompt): Promise<readonly (readonly number[])[]>;
  /**
   * The probability that the answer begins with each of the texts, relative to the others. They have to
   * differ in a single token; throws `engine-failed` where they do not, `aborted` after an abort, and
   * `context-overflow` as `generate` does.
   */
  choiceProbabilities(
    prompt: Prompt,
    choices: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly number[]>;
  /** Empties the KV cache: nothing of the prompts before can be told from what comes next. */
  forget(): Promise<void>;
  /** Frees all memory; the object may not be used again. */
  unload(): Promise<void>;
}

/** Called at most once, when a loaded model is gone without being asked. */
export type OnLost = (error: AppError) => void;
