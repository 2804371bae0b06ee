/** The models that Corral offers: what each needs, what it may cost, and how it is talked to. */
import type { EngineId } from '../protocol/engine';
import type { TemplateId } from './chat-prompt';

interface ModelCommon {
  readonly id: string;
  readonly name: string;
  /** What is said about it; `src/i18n` has the words. */
  readonly family: 'built-in' | 'llama-2' | 'cria';
  readonly engine: EngineId;
  readonly downloadBytes: number;
  /** Main memory on the CPU engine, GPU memory on WebLLM. */
  readonly memoryBytes: number;
  readonly contextTokens: number;
  readonly template: TemplateId;
  readonly systemPrompt: string;
  readonly sampling: Sampling;
  readonly licence: { readonly name: string; readonly url: string };
}

export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  readonly repeatPenalty: number;
  readonly maxReplyTokens: number;
}

/** A GGUF file on the app's own origin, for the CPU engine. */
export interface GgufModel extends ModelCommon {
  readonly engine: 'wllama';
  readonly file: {
    readonly name: string;
    /** Relative to the app's base URL. */
    readonly path: string;
    readonly sizeBytes: number;
    readonly sha256: string;
  };
}

/** A folder of MLC weights and a compiled library, for WebLLM. */
export interface MlcModel extends ModelCommon {
  readonly engine: 'webllm';
  /** The folder, with a slash at its end; absolute, or relative to the app's base URL. */
  readonly modelUrl: string;
  readonly libraryUrl: string;
  /** WebGPU features that the library's shaders use. */
  readonly gpuFeatures: readonly GPUFeatureName[];
  /** The largest tensor, which must fit into one buffer and binding. */
  readonly largestBufferBytes: number;
}

export type CatalogueModel = GgufModel | MlcModel;

const builtInBytes = 98_362_432;

/** Answers in the first minute on any device; its prompt is short because prefill is its slow part. */
export const builtInModel: GgufModel = {
  id: 'smollm2-135m',
  name: 'SmolLM2 135M',
  family: 'built-in',
  engine: 'wllama',
  downloadBytes: builtInBytes,
  memoryBytes: 470_000_000,
  contextTokens: 2048,
  template: 'chatml',
  systemPrompt: 'You are a helpful AI assistant.',
  sampling: { temperature: 0, topP: 0.9, repeatPenalty: 1.1, maxReplyTokens: 512 },
  licence: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  file: {
    name: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    path: 'models/SmolLM2-135M-Instruct.Q4_1.gguf',
    sizeBytes: builtInBytes,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  },
};

/** Where the MLC project publishes weights and libraries; the version is WebLLM 0.2.86's. */
const mlcWeights = 'https://huggingface.co/mlc-ai';
const mlcLibraries =
  'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base';

function llama2(
  quantisation: 'q4f16_1' | 'q4f32_1',
  gpuMegabytes: number,
  gpuFeatures: readonly GPUFeatureName[],
): MlcModel {
  return {
    id: `llama-2-7b-chat-${quantisation}-1k`,
    name: `Llama 2 7B Chat (${quantisation}, 1k)`,
    family: 'llama-2',
    engine: 'webllm',
    downloadBytes: 3_800_000_000,
    memoryBytes: gpuMegabytes * 1_000_000,
    contextTokens: 1024,
    template: 'llama2',
    systemPrompt: 'You are a helpful, respectful and honest assistant.',
    sampling: { temperature: 0.6, topP: 0.9, repeatPenalty: 1, maxReplyTokens: 400 },
    licence: {
      name: 'Llama 2 Community License',
      url: 'https://ai.meta.com/llama/license/',
    },
    modelUrl: `${mlcWeights}/Llama-2-7b-chat-hf-${quantisation}-MLC/resolve/main/`,
    libraryUrl: `${mlcLibraries}/Llama-2-7b-chat-hf-${quantisation}_cs1k-webgpu.wasm`,
    gpuFeatures,
    largestBufferBytes: 128 * 1024 * 1024, // the embedding in 4 bit, rounded up to a usual limit
  };
}

const criaFolder = 'models/cria/resolve/main/';

/**
 * Llama 2 in miniature, from the app's own origin: the same architecture, tokenizer, prompt format and
 * weight layout with five million parameters. It lets a person try the GPU engine in a minute, and
 * lets tests run the real one. See `toolchain/README.md` for what it can say.
 */
export const cria: MlcModel = {
  id: 'cria',
  name: 'Cria',
  family: 'cria',
  engine: 'webllm',
  downloadBytes: 10_790_000,
  memoryBytes: 60_000_000,
  contextTokens: 512,
  template: 'llama2',
  systemPrompt: '',
  sampling: { temperature: 0, topP: 0.9, repeatPenalty: 1, maxReplyTokens: 48 },
  licence: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  modelUrl: criaFolder,
  libraryUrl: `${criaFolder}cria.wasm`,
  gpuFeatures: [],
  largestBufferBytes: 4 * 1024 * 1024,
};

/** In the order in which they are shown, the one that runs everywhere first. */
export const catalogue: readonly CatalogueModel[] = [
  builtInModel,
  llama2('q4f16_1', 4619, ['shader-f16']),
  llama2('q4f32_1', 5284, []),
  cria,
];

export function findModel(id: string): CatalogueModel | undefined {
  return catalogue.find((model) => model.id === id);
}

/** Where a file of the catalogue lies; `baseUrl` is the app's, absolute, with a slash at its end. */
export function absoluteUrl(address: string, baseUrl: string): string {
  return new URL(address, baseUrl).href;
}
