/**
 * The wire format of engines: between a page and an engine's worker, and between pages that share one engine.
 * Names follow the rule in `requests.ts`.
 */
import type { WireError } from './errors';

export type EngineId = 'wllama' | 'webllm';

/**
 * One piece of a finished prompt, in order. Control pieces are parsed for the model's control tokens
 * (`<|im_start|>`, `</s>`); text pieces never are, so typed text cannot forge one. Each piece is tokenized
 * separately: some vocabularies add a space before each.
 */
export type PromptPart =
  | { readonly type: 'control'; readonly text: string }
  | { readonly type: 'text'; readonly text: string };
export type Prompt = readonly PromptPart[];

/** Equal for parts that have the same tokens. */
export const partKey = ({ type, text }: PromptPart): string => `${type}:${text}`;

/**
 * The owner of a prompt: the visitor, or a site. The KV cache is emptied between two owners, so neither stats nor
 * timing reveal one owner's prompts to another.
 */
export type PromptOwner = string;
export const visitor: PromptOwner = 'visitor';

/** A model's files by name, for a worker that does not have them in its storage. */
export type WeightBlobs = Readonly<Record<string, Blob>>;

/** What an engine needs to load a model. The ids give the location of the weights. */
export type EngineModel =
  | {
      readonly engine: 'wllama';
      readonly modelId: string;
      /** The GGUF file in the weights' store, by its stored name. */
      readonly file: { readonly name: string; readonly sizeBytes: number };
      readonly contextTokens: number;
      readonly threads: number;
      /** The engine's compiled wasm. The client adds it, because the worker cannot fetch. */
      readonly wasm?: WebAssembly.Module;
      readonly weights?: WeightBlobs;
    }
  | {
      /** All files are in the weights' store. */
      readonly engine: 'webllm';
      readonly modelId: string;
      readonly contextTokens: number;
      readonly weights?: WeightBlobs;
    };

export interface GenerateParams {
  readonly maxTokens: number;
  /** 0 is greedy. */
  readonly temperature: number;
  readonly topP: number;
  /** Top-k: samples from this many of the most likely tokens; 0 or absent is off. */
  readonly topK?: number;
  /**
   * Min-p: samples only tokens with at least this share of the most likely token's probability; 0 or absent is off.
   */
  readonly minP?: number;
  /** 1 is off. */
  readonly repeatPenalty: number;
  /** Subtracted from a token's logit for each of its occurrences in the answer; 0 or absent is off. */
  readonly frequencyPenalty?: number;
  /** Subtracted once from a token's logit if it occurs in the answer; 0 or absent is off. */
  readonly presencePenalty?: number;
  /** Makes the answer repeatable: an integer of 0 or more. */
  readonly seed?: number;
  /** Stop strings: the answer ends before the first of them. None is empty. */
  readonly stop?: readonly string[];
  /**
   * `json`: the answer is one JSON object; with the text of a JSON schema, an object that satisfies it
   * (`core/prompt/json-schema`). It is complete if the answer ends with `stop` and not at a stop string. Only for
   * models whose `Loaded` has `json`. The prompt should describe the object.
   */
  readonly responseFormat?: 'json' | { readonly schema: string };
  /** Thoughts beyond this limit are closed, and the model answers. */
  readonly thoughts?: ThoughtLimit;
  /** Background work: the engine aborts it as soon as anything else is requested. */
  readonly isBackground?: boolean;
  /** The beginning of the JSON object: the prompt ends with it, and the answer continues it. */
  readonly partial?: string;
}

export interface ThoughtLimit {
  readonly budgetTokens: number;
  /** The model's marks around its thoughts, at the start of an answer. */
  readonly opening: string;
  readonly closing: string;
  /** The prompt itself opens the thoughts. */
  readonly isOpen: boolean;
}

export interface LoadProgress {
  /** 0 to 1; absent if the engine does not measure it. */
  readonly progress01?: number;
}

export interface Loaded {
  readonly engine: EngineId;
  /** 0 on a GPU. */
  readonly threads: number;
  readonly contextTokens: number;
  /** True if the model supports `responseFormat: 'json'`. */
  readonly json: boolean;
}

export interface Usage {
  /** Tokens of the whole prompt. */
  readonly promptTokens: number;
  /** Prompt tokens that were in the KV cache, from the same owner, and were not prefilled again. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Time until the first token of the answer. */
  readonly prefillMs: number;
  /** Time from the first token to the end. */
  readonly decodeMs: number;
}

export type Finish = 'stop' | 'length' | 'aborted';

/** Requests to an engine's worker, which runs one at a time. */
export type EngineRequest =
  | { readonly type: 'load'; readonly model: EngineModel }
  | {
      readonly type: 'generate';
      readonly owner: PromptOwner;
      readonly prompt: Prompt;
      readonly params: GenerateParams;
    }
  /** Counts the tokens of each part. */
  | { readonly type: 'count'; readonly prompt: Prompt }
  /** The probability that the answer begins with each of the choices, which must differ in one token. */
  | {
      readonly type: 'choiceProbabilities';
      readonly owner: PromptOwner;
      readonly prompt: Prompt;
      readonly choices: readonly string[];
    }
  | { readonly type: 'unload' }
  /** The token ids of each part, for tests of tokenizers. */
  | { readonly type: 'tokenize'; readonly prompt: Prompt };

export type EngineEvent =
  | { readonly type: 'load-progress'; readonly progress: LoadProgress }
  | { readonly type: 'loaded'; readonly loaded: Loaded }
  | { readonly type: 'prefill'; readonly doneTokens: number; readonly totalTokens: number }
  /**
   * The text is empty while the token is only part of a character. Text that may begin a stop string is held
   * back; then one event for each of its tokens follows.
   */
  | { readonly type: 'token'; readonly text: string }
  | { readonly type: 'done'; readonly finish: Finish; readonly usage: Usage }
  | { readonly type: 'counted'; readonly counts: readonly number[] }
  /** In the order of the choices; they add up to 1. */
  | { readonly type: 'probabilities'; readonly probabilities: readonly number[] }
  | { readonly type: 'unloaded' }
  | { readonly type: 'tokenized'; readonly tokens: readonly (readonly number[])[] };

/** Each request ends with one of these events, or with `failed`. */
export const lastEngineEvents = [
  'loaded',
  'done',
  'counted',
  'probabilities',
  'unloaded',
  'tokenized',
] as const satisfies readonly EngineEvent['type'][];

/**
 * Sent without a request. The loaded model is lost (GPU lost, engine crashed): load it again before the next
 * request.
 */
export interface EngineLost {
  readonly type: 'lost';
  readonly error: WireError;
}

/**
 * A request to a shared engine names its model, which is loaded first if it is not loaded: no prompt meets
 * another client's model. `unload` does nothing if another model is loaded.
 */
export type SharedRequest = Exclude<EngineRequest, { type: 'tokenize' }> & {
  readonly model: EngineModel;
};

/** The work of another client that a request waits for. */
export type SharedWork = SharedRequest['type'];

export type SharedEvent =
  | EngineEvent
  /** The request waits; `waitsFor` is what the engine does for another client, or null. */
  | { readonly type: 'queued'; readonly waitsFor: SharedWork | null }
  | { readonly type: 'started' };

/** Sent without a request by a shared engine. */
export type SharedNotice =
  | EngineLost
  /** A model was loaded, by any client. */
  | {
      readonly type: 'available';
      readonly model: EngineModel;
      readonly loaded: Loaded;
      readonly sealed: boolean;
    };

/**
 * The only message to the worker's global scope: hands over a port, after which both sides speak
 * EngineRequest and EngineEvent. The worker holds the Web Lock `lockName` for as long as it lives.
 */
export interface EngineConnect {
  readonly type: 'connect';
  readonly port: MessagePort;
  readonly lockName: string;
}

/** The only message from the worker's global scope: it runs and holds the lock. */
export interface EngineStarted {
  readonly type: 'started';
  /** True where its policy lets it open no connection. */
  readonly sealed: boolean;
}

/** Increase it with every change of this protocol: pages of two builds may be open at once. */
const sharingVersion = 4;

/**
 * The Web Lock of the page that holds the shared engine. Isolated and other pages share no engine: threads work
 * only in isolated pages.
 */
export const engineHolderLock = () =>
  `corral-engine-holder:${sharingVersion}:${crossOriginIsolated ? 'isolated' : 'plain'}`;
