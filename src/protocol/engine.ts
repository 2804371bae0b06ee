/** The wire format between a page and the engine worker: one union for each direction. */
import type { WireError } from './errors';

export type RequestId = number;
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
      /** The engine's own WebAssembly, which the client adds: the worker may fetch nothing. */
      readonly wasm?: ArrayBuffer;
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
  readonly begun?: string;
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

export type EngineRequest =
  | { readonly type: 'load'; readonly requestId: RequestId; readonly model: EngineModel }
  | {
      readonly type: 'generate';
      readonly requestId: RequestId;
      readonly owner: PromptOwner;
      readonly prompt: Prompt;
      readonly params: GenerateParams;
    }
  | { readonly type: 'tokenize'; readonly requestId: RequestId; readonly prompt: Prompt }
  /** How likely the answer is to begin with each of the texts, which must differ in one token. */
  | {
      readonly type: 'weigh';
      readonly requestId: RequestId;
      readonly owner: PromptOwner;
      readonly prompt: Prompt;
      readonly beginnings: readonly string[];
    }
  /** Stops the load or the answer of that id; what was streamed before stays valid. */
  | { readonly type: 'abort'; readonly requestId: RequestId }
  | { readonly type: 'unload'; readonly requestId: RequestId };

export type EngineEvent =
  | {
      readonly type: 'load-progress';
      readonly requestId: RequestId;
      readonly progress: LoadProgress;
    }
  | { readonly type: 'loaded'; readonly requestId: RequestId; readonly loaded: Loaded }
  | {
      readonly type: 'prefill';
      readonly requestId: RequestId;
      readonly doneTokens: number;
      readonly totalTokens: number;
    }
  /** The text is empty while the token is only a part of a character. Text that may turn out to begin
   *  a stop string comes later, with as many events as there were tokens. */
  | { readonly type: 'token'; readonly requestId: RequestId; readonly text: string }
  | {
      readonly type: 'done';
      readonly requestId: RequestId;
      readonly finish: Finish;
      readonly usage: Usage;
    }
  /** The token ids of each part. */
  | {
      readonly type: 'tokenized';
      readonly requestId: RequestId;
      readonly tokens: readonly (readonly number[])[];
    }
  /** In the order of the beginnings; they add up to 1. */
  | {
      readonly type: 'weighed';
      readonly requestId: RequestId;
      readonly probabilities: readonly number[];
    }
  | { readonly type: 'unloaded'; readonly requestId: RequestId }
  | { readonly type: 'failed'; readonly requestId: RequestId; readonly error: WireError }
  /** The loaded model is gone (GPU lost, engine crashed): load again before the next request. */
  | { readonly type: 'lost'; readonly error: WireError };

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
