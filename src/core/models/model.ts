/** The description of a model: requirements, size, licence and prompt format. */
import type { FormatFault, PinnedHashes } from '../../protocol/download';
import type { EngineId } from '../../protocol/engine';
import type { ModelDefaults } from '../chat/conversation-settings';
import type { PromptFormat } from '../prompt/prompt-format';
import type { Sampling } from '../prompt/sampling';

export interface ModelCommon {
  readonly id: string;
  readonly name: string;
  /** Selects the model's description in `src/i18n`. */
  readonly family: 'built-in' | 'llama-2' | 'tinyllama' | 'cria' | 'own';
  readonly engine: EngineId;
  readonly downloadBytes: number;
  /** Main memory for the CPU engine, GPU memory for WebLLM. */
  readonly memoryBytes: number;
  readonly contextTokens: number;
  readonly template: PromptFormat;
  /** Why `template` is only a guess: the model is not used before the visitor has chosen a format. */
  readonly needsFormat?: FormatFault;
  /** The short system prompt of the mode Balanced. */
  readonly systemPrompt: string;
  /** The model's defaults for the settings of new conversations. */
  readonly defaults: ModelDefaults;
  readonly sampling: Sampling;
  /** Null if unknown: for a model that the visitor added. */
  readonly licence: Licence | null;
}

export interface Licence {
  readonly name: string;
  readonly url: string;
  /** Present if a visitor has to accept the terms before the first download. */
  readonly terms?: {
    /** Identifies the terms; `src/i18n` has a summary of them. */
    readonly kind: 'llama-2' | 'llama-3' | 'gemma' | 'qwen-research';
    /** The version of the terms; a new version must be accepted again. */
    readonly version: string;
    /** The address of a separate acceptable use policy; null if there is none. */
    readonly policyUrl: string | null;
    /** The notice that the licence requires. */
    readonly notice: string;
  };
}

/** The CPU engine is 32-bit WebAssembly: file positions are signed 32-bit numbers. */
export const ggufLimitBytes = 2 ** 31 - 1;

/** A GGUF file, for the CPU engine. */
export interface GgufModel extends ModelCommon {
  readonly engine: 'wllama';
  readonly file: {
    readonly name: string;
    /** Absolute, or relative to the app's base URL; null if the visitor picked the file. */
    readonly url: string | null;
    readonly sizeBytes: number;
    /** Null if it is not known in advance. */
    readonly sha256: string | null;
  };
}

/** A folder of MLC weights and a compiled library, for WebLLM. */
export interface MlcModel extends ModelCommon {
  readonly engine: 'webllm';
  /** The id under which the weights are stored: models that differ only in their context share them. */
  readonly weightsId: string;
  /**
   * The folder, ending with a slash; absolute, or relative to the app's base URL. Null if the visitor picked
   * the files.
   */
  readonly modelUrl: string | null;
  readonly libraryUrl: string | null;
  /** The known hashes; the library's is under `library.wasm`. The index contains the shards' hashes. */
  readonly pinned: PinnedHashes;
  /** WebGPU features that the library's shaders use. */
  readonly gpuFeatures: readonly GPUFeatureName[];
  /** The size of the largest tensor, which must fit into one buffer and binding. */
  readonly largestBufferBytes: number;
}

/** llama.cpp's defaults. */
export const llamaCppSampling = { topK: 40, minP: 0.05 };

export type CatalogueModel = GgufModel | MlcModel;

export const apache2: Licence = {
  name: 'Apache-2.0',
  url: 'https://www.apache.org/licenses/LICENSE-2.0',
};
