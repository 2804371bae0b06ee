/**
 * WebLLM on the level of tokens. Its public calls empty the KV cache at every prompt that is not
 * exactly the next turn of a chat in its own template, and heed a stop only between answers' tokens;
 * its pipeline can do better. The pipeline's members are private: this file lists the ones that are used,
 * and `openPipeline` refuses a WebLLM in which one is missing.
 */
import type { MLCEngine } from '@mlc-ai/web-llm';
import { AppError } from '../../src/protocol/errors';
import type { WebLlmTokenizer } from './tokenizer';

/** On the GPU, unless it was made with `tvm.cpu()`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Where it begins in its buffer, which the pointer stands for. */
  readonly byteOffset: number;
  getDataPtr(): number;
  view(shape: readonly number[]): Tensor;
  copyFrom(source: Tensor | ArrayLike<number>): Tensor;
  /** Only of a tensor on the CPU. */
  toArray(): Float32Array | Int32Array;
  dispose(): void;
}

/** What a library's function returns where that is more than one tensor. */
interface Tensors {
  get(index: number): Tensor;
}

/** Made and freed by the runtime's scopes, unless it is detached. */
interface Runtime {
  beginScope(): void;
  endScope(): void;
  detachFromCurrentScope(tensor: Tensor): Tensor;
  cpu(): unknown;
  empty(shape: readonly number[], dtype: 'int32' | 'float32', device: unknown): Tensor;
  scalar(value: number, dtype: 'int32' | 'int64'): unknown;
  makeShapeTuple(shape: readonly number[]): unknown;
  getGlobalFunc(name: string): (...args: unknown[]) => unknown;
  /** The random numbers of seeded sampling, from 0 to 1. */
  readonly rng: { randomFloat(): number };
  readonly lib: { readonly webGPUContext: GpuContext };
}

interface GpuContext {
  /** Hands the GPU what has been encoded so far. */
  flushCommands(): void;
  /** Resolves when all copies to the CPU are there that were begun since the last `sync`. */
  pendingGPUToCPUCopy: Promise<void> | null;
  /** What the shader returned takes: its buffers' pointers, its scalars, the number of workgroups. */
  createShader(
    info: {
      readonly name: string;
      readonly arg_types: readonly string[];
      readonly launch_param_tags: readonly string[];
    },
    code: string,
  ): (...args: number[]) => void;
}

/** What is used of WebLLM 0.2.86's `LLMChatPipeline`. */
export interface Pipeline {
  readonly tvm: Runtime;
  readonly device: unknown;
  readonly vm: { getFunction(name: string): () => { toString(): string } };
  /** The weights in the order of the library's metadata. */
  readonly params: Tensors;
  readonly tokenizer: WebLlmTokenizer;
  readonly kvCache: unknown;
  readonly prefillChunkSize: number;
  readonly contextWindowSize: number;
  readonly fullVocabSize: number;
  readonly stopTokens: readonly number[];
  filledKVCacheLength: number;
  resetKVCache(): void;
  /** All that a forward step adds to: the KV cache, and a recurrent model's state. */
  getActiveKVStates(): readonly unknown[];
  /** Adds tokens to the KV cache in chunks; the caller disposes of the last one's logits. */
  forwardKnownTokens(tokens: number[], isPrefill: boolean): Promise<Tensor>;
  forwardDecodeToken(token: number): Promise<Tensor>;
  /** The parts of `forwardDecodeToken`; to be called inside a scope of the runtime. */
  embed(tokens: Tensor, params: Tensors): Tensor;
  fKVCacheBeginForward(kvCache: unknown, sequences: unknown, lengths: unknown): void;
  invokeDecode(embeddings: Tensor): Tensors;
  fKVCacheEndForward(kvCache: unknown): void;
  /** The parts of WebLLM's sampling; to be called inside a scope of the runtime. */
  fapplyPenalty(
    logits: Tensor,
    sequences: Tensor,
    positions: Tensor,
    tokens: Tensor,
    counts: Tensor,
    penalties: Tensor,
  ): void;
  fsoftmaxWithTemperature(logits: Tensor, temperature: Tensor): Tensor;
  fargsortProbs(probabilities: Tensor): Tensors;
  fsampleWithTopP(
    sorted: Tensor,
    indices: Tensor,
    random: Tensor,
    rows: Tensor,
    topP: Tensor,
  ): Tensor;
  readonly sampleIndicesDevice: Tensor;
  readonly topPDevice: Tensor;
  setSeed(seed: number): void;
  /** Waits until the GPU has done what it was given. */
  sync(): Promise<void>;
}

const members = [
  'tvm',
  'device',
  'vm',
  'params',
  'tokenizer',
  'kvCache',
  'prefillChunkSize',
  'contextWindowSize',
  'fullVocabSize',
  'stopTokens',
  'filledKVCacheLength',
  'resetKVCache',
  'getActiveKVStates',
  'forwardKnownTokens',
  'forwardDecodeToken',
  'embed',
  'fKVCacheBeginForward',
  'invokeDecode',
  'fKVCacheEndForward',
  'fapplyPenalty',
  'fsoftmaxWithTemperature',
  'fargsortProbs',
  'fsampleWithTopP',
  'sampleIndicesDevice',
  'topPDevice',
  'setSeed',
  'sync',
] as const satisfies readonly (keyof Pipeline)[];

/** The pipeline of a loaded model, checked: `library-mismatch` if its weights are not the library's. */
export function openPipeline(engine: MLCEngine, modelId: string): Pipeline {
  const { loadedModelIdToPipeline } = engine as unknown as {
    loadedModelIdToPipeline?: Map<string, Pipeline>;
  };
  const pipeline = loadedModelIdToPipeline?.get(modelId);
  const missing: string[] = members.filter((name) => pipeline?.[name] === undefined);
  const gpu = pipeline?.tvm?.lib?.webGPUContext;
  if (gpu?.pendingGPUToCPUCopy === undefined) missing.push('pendingGPUToCPUCopy');
  if (gpu?.createShader === undefined) missing.push('createShader');
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
