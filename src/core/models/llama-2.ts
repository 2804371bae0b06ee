/** Meta's Llama 2 and its small relative TinyLlama, as the MLC project publishes them for WebLLM. */
import type { TemplateId } from '../prompt/prompt-format';
import { apache2, type Licence, type MlcModel } from './model';

/** Weights, and libraries for WebLLM 0.2.86. */
const mlcWeights = 'https://huggingface.co/mlc-ai';
const mlcLibraries =
  'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base';

export const llama2Licence: Licence = {
  name: 'Llama 2 Community License',
  url: 'https://ai.meta.com/llama/license/',
  terms: {
    kind: 'llama-2',
    version: '2023-07-18',
    policyUrl: 'https://ai.meta.com/llama/use-policy/',
    notice:
      'Llama 2 is licensed under the LLAMA 2 Community License, Copyright (c) Meta Platforms, Inc. All Rights Reserved.',
  },
};

/** The first sentence of Meta's long prompt, without the rules that made Llama 2 refuse too much. */
export const shortSystemPrompt = 'You are a helpful, respectful and honest assistant.';
/** Detects Llama 2 by a model's name or by its file's licence text. */
export function looksLikeLlama2(name: string): boolean {
  return /llama[-_ ]?2(?!\d)/i.test(name);
}

interface Published {
  readonly family: 'llama-2' | 'tinyllama';
  readonly name: string;
  /** The name of the folder and the library, without the quantisation. */
  readonly folder: string;
  readonly template: TemplateId;
  readonly licence: Licence;
  /** All parameters, and those in the norms, which are not quantised. */
  readonly parameters: number;
  readonly normParameters: number;
  /** The embedding in 4 bits, rounded up to a usual limit. */
  readonly largestBufferBytes: number;
}

const sevenB: Published = {
  family: 'llama-2',
  name: 'Llama 2 7B Chat',
  folder: 'Llama-2-7b-chat-hf',
  template: 'llama2',
  licence: llama2Licence,
  parameters: 6_738_415_616,
  normParameters: 65 * 4096,
  largestBufferBytes: 128 * 1024 * 1024,
};

const thirteenB: Published = {
  ...sevenB,
  name: 'Llama 2 13B Chat',
  folder: 'Llama-2-13b-chat-hf',
  parameters: 13_015_864_320,
  normParameters: 81 * 5120,
};

const tinyLlama: Published = {
  family: 'tinyllama',
  name: 'TinyLlama 1.1B Chat',
  folder: 'TinyLlama-1.1B-Chat-v1.0',
  template: 'zephyr',
  licence: apache2,
  parameters: 1_100_048_384,
  normParameters: 45 * 2048,
  largestBufferBytes: 128 * 1024 * 1024,
};

type Quantisation = 'q4f16_1' | 'q4f32_1';

/** Tokenizer, configuration and library. */
const otherBytes = 7_000_000;

/** MLC's q4 layouts: 4 bits a weight, and a scale of 16 or 32 bits for each 32 weights. */
function weightBytes(
  { parameters, normParameters }: Published,
  quantisation: Quantisation,
): number {
  const floatBytes = quantisation === 'q4f16_1' ? 2 : 4;
  const quantised = parameters - normParameters;
  return quantised / 2 + (quantised / 32) * floatBytes + normParameters * floatBytes;
}

/** `gpuMegabytes` is WebLLM's own value for weights, KV cache and working memory. */
function published(
  model: Published,
  quantisation: Quantisation,
  contextTokens: number,
  gpuMegabytes: number,
): MlcModel {
  const weightsId = `${model.folder}-${quantisation}`.toLowerCase();
  return {
    id: `${weightsId}-${contextTokens / 1024}k`,
    name: `${model.name} (${quantisation}, ${contextTokens / 1024}k)`,
    family: model.family,
    engine: 'webllm',
    weightsId,
    downloadBytes: Math.round(weightBytes(model, quantisation)) + otherBytes,
    memoryBytes: gpuMegabytes * 1_000_000,
    contextTokens,
    template: model.template,
    systemPrompt: shortSystemPrompt,
    defaults: { safety: 'balanced', asOf: 'today' },
    sampling: { temperature: 0.6, topP: 0.9, repeatPenalty: 1, maxAnswerTokens: 400 },
    licence: model.licence,
    modelUrl: `${mlcWeights}/${model.folder}-${quantisation}-MLC/resolve/main/`,
    libraryUrl: `${mlcLibraries}/${model.folder}-${quantisation}_cs1k-webgpu.wasm`,
    pinned: {},
    gpuFeatures: quantisation === 'q4f16_1' ? ['shader-f16'] : [],
    largestBufferBytes: model.largestBufferBytes,
  };
}

export const llama2Models = {
  sevenF16Short: published(sevenB, 'q4f16_1', 1024, 4619),
  sevenF16: published(sevenB, 'q4f16_1', 4096, 6750),
  sevenF32Short: published(sevenB, 'q4f32_1', 1024, 5285),
  sevenF32: published(sevenB, 'q4f32_1', 4096, 9110),
  thirteenF16: published(thirteenB, 'q4f16_1', 4096, 11_815),
  tinyF16: published(tinyLlama, 'q4f16_1', 2048, 698),
  tinyF32: published(tinyLlama, 'q4f32_1', 2048, 840),
} as const;
