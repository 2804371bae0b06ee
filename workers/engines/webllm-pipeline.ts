/**
 * WebLLM at the level of tokens. Its public calls empty the KV cache unless the prompt is exactly the next turn of a
 * chat in its own template, and they can be stopped only between tokens of an answer. Its pipeline has neither limit,
 * but its members are private. This file lists the used ones, and `openPipeline` rejects a WebLLM that lacks one.
 */
import type { MLCEngine } from '@mlc-ai/web-llm';
import { AppError } from '../../src/protocol/errors';
import type { WebLlmTokenizer } from './tokenizer';

/** A tensor on the GPU, or on the CPU if it was made with `tvm.cpu()`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** The tensor's offset in the buffer of the pointer. */
  readonly byteOffset: number;
  getDataPtr(): number;
  view(shape: readonly number[]): Tensor;
  copyFrom(source: Tensor | ArrayLike<number>): Tensor;
  /** Only for a tensor on the CPU. */
  toArray(): Float32Array | Int32Array;
  dispose(): void;
}

/** The result of a library function that returns more than one tensor. */
interface Tensors {
  get(index: number): Tensor;
}

/** Objects belong to the current scope of the runtime, which frees them unless they are detached. */
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
  /** Submits the encoded commands to the GPU. */
  flushCommands(): void;
  /** Resolves when all copies to the CPU that were started since the last `sync` are complete. */
  pendingGPUToCPUCopy: Promise<void> | null;
  /** Returns a function that takes the pointers of the buffers, the scalars and the number of workgroups. */
  createShader(
    info: {
      readonly name: string;
      readonly arg_types: readonly string[];
      readonly launch_param_tags: readonly string[];
    },
    code: string,
  ): (...args: number[]) => void;
}

/** The used part of WebLLM 0.2.86's `LLMChatPipeline`. */
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
  /** The states that a forward step changes: the KV cache, and the state of a recurrent model. */
  getActiveKVStates(): readonly unknown[];
  /** Adds tokens to the KV cache in chunks; the caller disposes of the last one's logits. */
  forwardKnownTokens(tokens: number[], isPrefill: boolean): Promise<Tensor>;
  forwardDecodeToken(token: number): Promise<Tensor>;
  /** The parts of `forwardDecodeToken`. Call them inside a scope of the runtime. */
  embed(tokens: Tensor, params: Tensors): Tensor;
  fKVCacheBeginForward(kvCache: unknown, sequences: unknown, lengths: unknown): void;
  invokeDecode(embeddings: Tensor): Tensors;
  fKVCacheEndForward(kvCache: unknown): void;
  /** The parts of WebLLM's sampling. Call them inside a scope of the runtime. */
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
  /** Waits until the GPU has finished all submitted work. */
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

/**
 * Returns the checked pipeline of a loaded model. Throws `library-mismatch` if the weights do not belong to the
 * library.
 */
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

/** WebLLM finds weights by name only. A wrong shape would produce wrong answers without an error. */
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
