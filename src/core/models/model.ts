/** What is known of a model: what it needs, what it may cost, and how it is talked to. */
import type { PinnedHashes } from '../../protocol/download';
import type { EngineId } from '../../protocol/engine';
import type { ModelDefaults } from '../chat/conversation-settings';
import type { PromptFormat } from '../prompt/prompt-format';
import type { Sampling } from '../prompt/sampling';

export interface ModelCommon {
  readonly id: string;
  readonly name: string;
  /** What is said about it; `src/i18n` has the words. */
  readonly family: 'built-in' | 'llama-2' | 'tinyllama' | 'cria' | 'own';
  readonly engine: EngineId;
  readonly downloadBytes: number;
  /** Main memory on the CPU engine, GPU memory on WebLLM. */
  readonly memoryBytes: number;
  readonly contextTokens: number;
  readonly template: PromptFormat;
  /** Its short one, which is what the mode Balanced says. */
  readonly systemPrompt: string;
  /** For conversations that say nothing else: what suits the model, and what it can bear. */
  readonly defaults: ModelDefaults;
  readonly sampling: Sampling;
  /** Null where it is not known: a model that the visitor added. */
  readonly licence: Licence | null;
}

export interface Licence {
  readonly name: string;
  readonly url: string;
  /** Given where a visitor has to accept the terms before the first download. */
  readonly terms?: {
    /** Which terms these are; `src/i18n` has the main ones in words. */
    readonly kind: 'llama-2' | 'llama-3' | 'gemma' | 'qwen-research';
    /** Of the terms that were read; another one has to be accepted again. */
    readonly version: string;
    /** Of a text of its own about what the model may be used for; null where there is none. */
    readonly policyUrl: string | null;
    /** The notice that the licence asks for wherever the model is used. */
    readonly notice: string;
  };
}

/** The CPU engine is 32-bit WebAssembly: positions in its files are signed numbers of 32 bits. */
export const ggufLimitBytes = 2 ** 31 - 1;

/** A GGUF file, for the CPU engine. */
export interface GgufModel extends ModelCommon {
  readonly engine: 'wllama';
  readonly file: {
    readonly name: string;
    /** Absolute, or relative to the app's base URL; null if it came from the visitor's files. */
    readonly url: string | null;
    readonly sizeBytes: number;
    /** Null where it is not known beforehand. */
    readonly sha256: string | null;
  };
}

/** A folder of MLC weights and a compiled library, for WebLLM. */
export interface MlcModel extends ModelCommon {
  readonly engine: 'webllm';
  /** Under which the weights are stored: models that differ only in their context share them. */
  readonly weightsId: string;
  /**
   * The folder, with a slash at its end; absolute, or relative to the app's base URL. Null if it came
   * from the visitor's files.
   */
  readonly modelUrl: string | null;
  readonly libraryUrl: string | null;
  /** Where known; the library's is under `library.wasm`. The index, in turn, has the shards' hashes. */
  readonly pinned: PinnedHashes;
  /** WebGPU features that the library's shaders use. */
  readonly gpuFeatures: readonly GPUFeatureName[];
  /** The largest tensor, which must fit into one buffer and binding. */
  readonly largestBufferBytes: number;
}

/** What llama.cpp does where nothing else is said. */
export const llamaCppSampling = { topK: 40, minP: 0.05 };

export type CatalogueModel = GgufModel | MlcModel;

export const apache2: Licence = {
  name: 'Apache-2.0',
  url: 'https://www.apache.org/licenses/LICENSE-2.0',
};
