/** The steps of an answer on the GPU, by WebLLM's pipeline: each is enqueued at once, and only a read waits for it. */
import type { GenerateParams } from '../../src/protocol/engine';
import type { Pipeline, Tensor } from './webllm-pipeline';
import { type SampledToken, Sampler } from './webllm-sampling';

/** Longer steps would let a stop wait for seconds on a slow GPU. */
const maxPrefillStepTokens = 256;

export class Steps {
  readonly contextTokens: number;
  readonly prefillStepTokens: number;
  readonly stopTokens: readonly number[];
  /** Whether a token can be read while it is known to the GPU alone, and taken back. */
  readonly canRunAhead: boolean;
  readonly #pipeline: Pipeline;
  readonly #sampler: Sampler;

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline;
    this.#sampler = new Sampler(pipeline);
    this.contextTokens = pipeline.contextWindowSize;
    this.prefillStepTokens = Math.min(pipeline.prefillChunkSize, maxPrefillStepTokens);
    this.stopTokens = pipeline.stopTokens;
    // A recurrent model's state cannot be cut back by a token.
    const states = pipeline.getActiveKVStates();
    this.canRunAhead = states.length === 1 && states[0] === pipeline.kvCache;
  }

  /** Empties the KV cache. */
  reset(): void {
    this.#pipeline.resetKVCache();
    this.#pipeline.filledKVCacheLength = 0;
  }

  /** Cuts the KV cache back; `kv_state_popn` is part of every library's runtime. */
  keep(tokens: number): void {
    const { tvm, kvCache, filledKVCacheLength } = this.#pipeline;
    inScope(this.#pipeline, () => {
      const pop = tvm.getGlobalFunc('vm.builtin.kv_state_popn');
      const count = tvm.scalar(filledKVCacheLength - tokens, 'int32');
      pop(kvCache, tvm.scalar(0, 'int64'), count);
    });
    this.#pipeline.filledKVCacheLength = tokens;
  }

  /** Cuts the KV cache back by one. */
  rollBack(): void {
    this.keep(this.#pipeline.filledKVCacheLength - 1);
  }

  async prefill(tokens: readonly number[]): Promise<Tensor> {
    const logits = await this.#pipeline.forwardKnownTokens([...tokens], true);
    // Without this the GPU's queue would grow, and a stop would wait for all of it.
    await this.#pipeline.sync();
    return logits;
  }

  startSampling(params: GenerateParams): void {
    this.#sampler.start(params);
  }

  /** `counts` says how often a token stands in the answer. The logits keep the penalties and the mask. */
  sample(logits: Tensor, counts: ReadonlyMap<number, number>): SampledToken {
    return this.#sampler.sample(logits, counts);
  }

  /** The logits after the token, which is added to the KV cache. */
  forward(token: number): Promise<Tensor> {
    return this.#pipeline.forwardDecodeToken(token);
  }

  /** The same for a token that the CPU does not know yet; WebLLM's own call needs it there. */
  forwardAhead({ onGpu }: SampledToken): Tensor {
    const pipeline = this.#pipeline;
    const { tvm, kvCache, params } = pipeline;
    const logits = inScope(pipeline, () => {
      // First, since it writes to the GPU, for which all that is encoded would be submitted.
      pipeline.fKVCacheBeginForward(kvCache, tvm.makeShapeTuple([0]), tvm.makeShapeTuple([1]));
      const embedding = pipeline.embed(onGpu, params);
      const output = pipeline.invokeDecode(embedding.view([1, ...embedding.shape]));
      pipeline.fKVCacheEndForward(kvCache);
      return tvm.detachFromCurrentScope(output.get(0));
    });
    pipeline.filledKVCacheLength += 1;
    tvm.lib.webGPUContext.flushCommands();
    return logits;
  }

  async read(logits: Tensor): Promise<Float32Array> {
    const { tvm } = this.#pipeline;
    const copy = inScope(this.#pipeline, () =>
      tvm.detachFromCurrentScope(tvm.empty(logits.shape, 'float32', tvm.cpu()).copyFrom(logits)),
    );
    await this.#pipeline.sync();
    const values = copy.toArray();
    copy.dispose();
    return values as Float32Array;
  }
}

/** Frees what the work makes, unless it is detached. */
export function inScope<T>({ tvm }: Pipeline, work: () => T): T {
  tvm.beginScope();
  try {
    return work();
  } finally {
    tvm.endScope();
  }
}
