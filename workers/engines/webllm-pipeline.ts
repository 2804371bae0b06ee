/**
 * WebLLM on the level of tokens. Its public calls empty the KV cache at every prompt that is not
 * exactly the next turn of a chat in its own template, and heed a stop only between answers' tokens;
 * its pipeline can do better. The pipeline's members are private: this file is the only one that
 * names them, and `openPipeline` refuses a WebLLM in which one is missing.
 */
import type { MLCEngine } from '@mlc-ai/web-llm';
import type { GenerateParams } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import { normalised, type TokenModel } from './generation';
import type { LikelyToken } from './json-sampling';
import { masked } from './mask';
import type { ExactTokenizer, WebLlmTokenizer } from './tokenizer';

interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  copyFrom(values: Float32Array): unknown;
  dispose(): void;
}

interface SamplingConfig {
  readonly temperature: number;
  readonly top_p: number;
  readonly repetition_penalty: number;
  readonly frequency_penalty: number;
  readonly presence_penalty: number;
}

/** What is used of WebLLM 0.2.86's `LLMChatPipeline`. */
interface Pipeline {
  readonly tvm: {
    beginScope(): void;
    endScope(): void;
    scalar(value: number, dtype: 'int32' | 'int64'): unknown;
    getGlobalFunc(name: string): (...args: unknown[]) => unknown;
  };
  readonly vm: { getFunction(name: string): () => { toString(): string } };
  /** The weights in the order of the library's metadata. */
  readonly params: { get(index: number): Tensor };
  readonly tokenizer: WebLlmTokenizer;
  readonly kvCache: unknown;
  readonly prefillChunkSize: number;
  readonly contextWindowSize: number;
  readonly stopTokens: readonly number[];
  /** How often each token stands in the answer so far, for the repetition penalty. */
  readonly appearedTokensFreq: Map<number, number>;
  filledKVCacheLength: number;
  resetKVCache(): void;
  /** Adds tokens to the KV cache in chunks; the caller disposes of the last one's logits. */
  forwardKnownTokens(tokens: number[], isPrefill: boolean): Promise<Tensor>;
  forwardDecodeToken(token: number): Promise<Tensor>;
  sampleFromRawLogits(logits: Tensor, config: SamplingConfig): Promise<number>;
  /** Begins a copy, which is there after `sync`; to be called inside a scope of the runtime. */
  updateLogitsOnCPU(logits: Tensor): { toArray(): Float32Array };
  setSeed(seed: number): void;
  /** Waits until the GPU has done what it was given. */
  sync(): Promise<void>;
}

const members = [
  'tvm',
  'vm',
  'params',
  'tokenizer',
  'kvCache',
  'prefillChunkSize',
  'contextWindowSize',
  'stopTokens',
  'appearedTokensFreq',
  'filledKVCacheLength',
  'resetKVCache',
  'forwardKnownTokens',
  'forwardDecodeToken',
  'sampleFromRawLogits',
  'updateLogitsOnCPU',
  'setSeed',
  'sync',
] as const satisfies readonly (keyof Pipeline)[];

/** Longer steps would let a stop wait for seconds on a slow GPU. */
const maxPrefillStepTokens = 256;

/** The pipeline of a loaded model, checked: `library-mismatch` if its weights are not the library's. */
export function openPipeline(engine: MLCEngine, modelId: string): Pipeline {
  const { loadedModelIdToPipeline } = engine as unknown as {
    loadedModelIdToPipeline?: Map<string, Pipeline>;
  };
  const pipeline = loadedModelIdToPipeline?.get(modelId);
  const missing = members.filter((name) => pipeline?.[name] === undefined);
  if (!pipeline || missing.length > 0) {
    throw new AppError('engine-failed', {}, { cause: `WebLLM has no ${missing.join(', ')}` });
  }
  checkWeights(pipeline);
  return pipeline;
}

/** WebLLM looks weights up by name only; a wrong shape would show as a wrong answer, or not at all. */
function checkWeights({ tvm, vm, params }: Pipeline): void {
  tvm.beginScope();
  try {
    const metadata = JSON.parse(vm.getFunction('_metadata')().toString()) as {
      params: { name: string; shape: number[]; dtype: string }[];
    };
    for (const [index, { name, shape, dtype }] of metadata.params.entries()) {
      const found = params.get(index);
      if (found.dtype !== dtype || found.shape.join() !== shape.join()) {
        const cause = `${name} is ${found.dtype}[${found.shape.join()}], not ${dtype}[${shape.join()}]`;
        throw new AppError('library-mismatch', {}, { cause });
      }
    }
  } finally {
    tvm.endScope();
  }
}

/** `orLost` bounds whatever waits for the GPU: a lost device may never answer. */
export function tokenModel(
  pipeline: Pipeline,
  tokenizer: ExactTokenizer,
  orLost: <T>(work: Promise<T>) => Promise<T>,
): TokenModel {
  let logits: Tensor | null = null;
  let params: GenerateParams = { maxTokens: 0, temperature: 0, topP: 1, repeatPenalty: 1 };
  let decoder = tokenizer.decoder();
  const { vocabulary } = tokenizer;

  const keepLogits = (next: Tensor | null) => {
    logits?.dispose();
    logits = next;
  };

  return {
    contextTokens: pipeline.contextWindowSize,
    prefillStepTokens: Math.min(pipeline.prefillChunkSize, maxPrefillStepTokens),

    rewind(keepTokens) {
      if (keepTokens === 0) pipeline.resetKVCache();
      else popTokens(pipeline, pipeline.filledKVCacheLength - keepTokens);
      pipeline.filledKVCacheLength = keepTokens;
      return Promise.resolve();
    },

    async prefill(tokens) {
      keepLogits(await orLost(pipeline.forwardKnownTokens([...tokens], true)));
      // Without this the GPU's queue would grow, and a stop would wait for all of it.
      await orLost(pipeline.sync());
    },

    startSampling(asked: GenerateParams) {
      params = asked;
      const { seed } = asked;
      if (seed !== undefined) pipeline.setSeed(seed);
      pipeline.appearedTokensFreq.clear();
      decoder = tokenizer.decoder();
      return Promise.resolve();
    },

    async sample() {
      if (!logits) throw new Error('there is nothing to sample from');
      if (params.topK || params.minP) await orLost(maskLogits(pipeline, logits, params));
      const token = await orLost(pipeline.sampleFromRawLogits(logits, samplingConfig(params)));
      if (pipeline.stopTokens.includes(token)) return null;
      return { token, text: decoder.add(token) };
    },

    async accept(token) {
      const { appearedTokensFreq: counts } = pipeline;
      counts.set(token, (counts.get(token) ?? 0) + 1);
      keepLogits(await orLost(pipeline.forwardDecodeToken(token)));
    },

    async choiceProbabilities(tokens) {
      if (!logits) throw new Error('there are no logits');
      const all = await orLost(readLogits(pipeline, logits));
      const chosen = tokens.map((token) => all[token] ?? -Infinity);
      const highest = Math.max(...chosen);
      return normalised(chosen.map((logit) => Math.exp(logit - highest)));
    },

    json: vocabulary && {
      vocabulary: () => Promise.resolve(vocabulary()),
      async likeliest(count) {
        if (!logits) throw new Error('there is nothing to choose from');
        return likeliest(await orLost(readLogits(pipeline, logits)), count);
      },
    },
  };
}

function samplingConfig(params: GenerateParams): SamplingConfig {
  return {
    temperature: params.temperature,
    top_p: params.topP,
    repetition_penalty: params.repeatPenalty,
    frequency_penalty: params.frequencyPenalty ?? 0,
    presence_penalty: params.presencePenalty ?? 0,
  };
}

/** WebLLM knows neither top-k nor min-p: what they leave out is made impossible before it samples. */
async function maskLogits(pipeline: Pipeline, logits: Tensor, params: GenerateParams) {
  const all = await readLogits(pipeline, logits);
  logits.copyFrom(masked(all, pipeline.appearedTokensFreq, params));
}

/** Likeliest first. */
function likeliest(logits: Float32Array, count: number): LikelyToken[] {
  const ascending = logits.slice().sort();
  const highest = ascending.at(-1) ?? 0;
  const lowest = ascending.at(-count) ?? -Infinity;
  return [...logits.entries()]
    .filter(([, logit]) => logit >= lowest)
    .sort(([, a], [, b]) => b - a)
    .map(([token, logit]) => ({ token, p: Math.exp(logit - highest) }));
}

async function readLogits(pipeline: Pipeline, logits: Tensor): Promise<Float32Array> {
  pipeline.tvm.beginScope();
  const copy = pipeline.updateLogitsOnCPU(logits);
  pipeline.tvm.endScope();
  await pipeline.sync();
  return copy.toArray();
}

/** Takes the last `count` tokens off the KV cache; `kv_state_popn` is part of every library's runtime. */
function popTokens({ tvm, kvCache }: Pipeline, count: number): void {
  tvm.beginScope();
  try {
    const pop = tvm.getGlobalFunc('vm.builtin.kv_state_popn');
    pop(kvCache, tvm.scalar(0, 'int64'), tvm.scalar(count, 'int32'));
  } finally {
    tvm.endScope();
  }
}
