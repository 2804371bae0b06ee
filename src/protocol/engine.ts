/**
 * The wire format of engines: between a page and an engine's worker, and between those who share one engine.
 * The names follow the rule in `requests.ts`.
 */
import type { WireError } from './errors';

export type EngineId = 'wllama' | 'webllm';

/**
 * One piece of a finished prompt, in order. Control pieces are parsed for the model's control
 * tokens (`<|im_start|>`, `</s>`); text pieces never are, so nobody can forge one by typing it.
 * Each piece is one run of the tokenizer: where a vocabulary has it so, it begins with a space of its own.
 */
export type PromptPart =
  | { readonly type: 'control'; readonly text: string }
  | { readonly type: 'text'; readonly text: string };
export type Prompt = readonly PromptPart[];

/**
 * Whose prompt it is: the visitor's, or a site's. The KV cache is emptied between two owners: neither figures
 * nor time tell one of them what another has asked.
 */
export type PromptOwner = string;
export const visitor: PromptOwner = 'visitor';

/** A model's files by their names, where the worker's own storage does not have them. */
export type HandedWeights = Readonly<Record<string, Blob>>;

/** What an engine must know to load a model; where the weights lie follows from the ids. */
export type EngineModel =
  | {
      readonly engine: 'wllama';
      readonly modelId: string;
      /** The GGUF in the weights' store, by the name it was stored under. */
      readonly file: { readonly name: string; readonly sizeBytes: number };
      readonly contextTokens: number;
      readonly threads: number;
      /** The engine's own program, which the client adds: the worker may fetch nothing. */
      readonly wasm?: WebAssembly.Module;
      readonly weights?: HandedWeights;
    }
  | {
      /** All of its files are in the weights' store. */
      readonly engine: 'webllm';
      readonly modelId: string;
      readonly contextTokens: number;
      readonly weights?: HandedWeights;
    };

export interface GenerateParams {
  readonly maxTokens: number;
  /** 0 is greedy. */
  readonly temperature: number;
  readonly topP: number;
  /** Only from so many of the likeliest tokens; 0 or absent is off. */
  readonly topK?: number;
  /** Only from tokens that are at least this share as likely as the likeliest; 0 or absent is off. */
  readonly minP?: number;
  /** 1 is off. */
  readonly repeatPenalty: number;
  /** Taken off a token's logit for each time that it stands in the answer; 0 or absent is off. */
  readonly frequencyPenalty?: number;
  /** Taken off once if it stands there at all; 0 or absent is off. */
  readonly presencePenalty?: number;
  /** For a repeatable answer: an integer, 0 or more. */
  readonly seed?: number;
  /** Texts before which the answer ends; none of them is empty. */
  readonly stop?: readonly string[];
  /**
   * `json`: the answer is one JSON object, whole unless it ends for another reason than `stop`, or at a stop
   * string. For models whose `Loaded` says so; the prompt should say what the object is to hold.
   */
  readonly responseFormat?: 'json';
  /** How the JSON object begins that the prompt ends with, and that the answer goes on with. */
  readonly partial?: string;
}

export interface LoadProgress {
  /** 0 to 1; absent where the engine gives no measure. */
  readonly progress01?: number;
}

export interface Loaded {
  readonly engine: EngineId;
  /** 0 on a GPU. */
  readonly threads: number;
  readonly contextTokens: number;
  /** It can be held to JSON. */
  readonly json: boolean;
}

export interface Usage {
  /** Tokens of the whole prompt. */
  readonly promptTokens: number;
  /** Those of them that were still in the KV cache, from the same owner, and were not prefilled again. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Until the first token of the answer was known. */
  readonly prefillMs: number;
  /** From then on. */
  readonly decodeMs: number;
}

export type Finish = 'stop' | 'length' | 'aborted';

/** What an engine's worker is asked, one request at a time. */
export type EngineRequest =
  | { readonly type: 'load'; readonly model: EngineModel }
  | {
      readonly type: 'generate';
      readonly owner: PromptOwner;
      readonly prompt: Prompt;
      readonly params: GenerateParams;
    }
  /** How many tokens each part is. */
  | { readonly type: 'count'; readonly prompt: Prompt }
  /** How likely the answer is to begin with each of the texts, which must differ in one token. */
  | {
      readonly type: 'choiceProbabilities';
      readonly owner: PromptOwner;
      readonly prompt: Prompt;
      readonly choices: readonly string[];
    }
  | { readonly type: 'unload' }
  /** The token ids of each part: for tests of tokenizers. */
  | { readonly type: 'tokenize'; readonly prompt: Prompt };

export type EngineEvent =
  | { readonly type: 'load-progress'; readonly progress: LoadProgress }
  | { readonly type: 'loaded'; readonly loaded: Loaded }
  | { readonly type: 'prefill'; readonly doneTokens: number; readonly totalTokens: number }
  /** The text is empty while the token is only a part of a character. Text that may turn out to begin
   *  a stop string comes later, with as many events as there were tokens. */
  | { readonly type: 'token'; readonly text: string }
  | { readonly type: 'done'; readonly finish: Finish; readonly usage: Usage }
  | { readonly type: 'counted'; readonly counts: readonly number[] }
  /** In the order of the choices; they add up to 1. */
  | { readonly type: 'probabilities'; readonly probabilities: readonly number[] }
  | { readonly type: 'unloaded' }
  | { readonly type: 'tokenized'; readonly tokens: readonly (readonly number[])[] };

/** The events after which nothing more comes of a request, but for `failed`. */
export const lastEngineEvents = [
  'loaded',
  'done',
  'counted',
  'probabilities',
  'unloaded',
  'tokenized',
] as const satisfies readonly EngineEvent['type'][];

/** Without a request. The loaded model is gone (GPU lost, engine crashed): load again before the next request. */
export interface EngineLost {
  readonly type: 'lost';
  readonly error: WireError;
}

/**
 * What is asked of an engine that several tabs, frames and windows share: the same, and which model it is for. That
 * model is loaded first where it is not, so nobody's prompt meets somebody else's model. `unload` does nothing
 * where another model is loaded.
 */
export type SharedRequest = Exclude<EngineRequest, { type: 'tokenize' }> & {
  readonly model: EngineModel;
};

/** What somebody else's work may be, which a request waits for. */
export type SharedWork = SharedRequest['type'];

export type SharedEvent =
  | EngineEvent
  /** It waits for its turn; `behind` is what the engine does for somebody else, null where it does nothing. */
  | { readonly type: 'queued'; readonly behind: SharedWork | null }
  | { readonly type: 'started' };

/** Without a request, of an engine that is shared. */
export type SharedNotice =
  | EngineLost
  /** The model is loaded, whoever asked for it. */
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

/** To be counted up with every change of this protocol: pages of two builds may be open at once. */
const sharingVersion = 1;

/**
 * The Web Lock of whoever holds the engine that is shared. Threads work only where pages are isolated: what one of
 * them has loaded, the others cannot use.
 */
export const engineHolderLock = () =>
  `corral-engine-holder:${sharingVersion}:${crossOriginIsolated ? 'isolated' : 'plain'}`;
