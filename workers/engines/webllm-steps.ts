/**
 * Runs the steps of an answer on the GPU with WebLLM's pipeline. A step is enqueued without waiting; only a read waits.
 */
import type { GenerateParams } from '../../src/protocol/engine';
import type { Pipeline, Tensor } from './webllm-pipeline';
import { type SampledToken, Sampler } from './webllm-sampling';

/** With longer steps, a stop would take seconds on a slow GPU. */
const maxPrefillStepTokens = 256;

export class Steps {
  readonly contextTokens: number;
  readonly prefillStepTokens: number;
  readonly stopTokens: readonly number[];
  /** Whether the model can process a token that is only on the GPU, and remove it from its state again. */
  readonly canRunAhead: boolean;
  readonly #pipeline: Pipeline;
  readonly #sampler: Sampler;

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline;
    this.#sampler = new Sampler(pipeline);
    this.contextTokens = pipeline.contextWindowSize;
    this.prefillStepTokens = Math.min(pipeline.prefillChunkSize, maxPrefillStepTokens);
    this.stopTokens = pipeline.stopTokens;
    // The state of a recurrent model cannot be reduced by one token.
    const states = pipeline.getActiveKVStates();
    this.canRunAhead = states.length === 1 && states[0] === pipeline.kvCache;
  }

  /** Empties the KV cache. */
  reset(): void {
    this.#pipeline.resetKVCache();
    this.#pipeline.filledKVCacheLength = 0;
  }

  /** Shortens the KV cache; every library's runtime has `kv_state_popn`. */
  shortenTo(tokens: number): void {
    const { tvm, kvCache, filledKVCacheLength } = this.#pipeline;
    inScope(this.#pipeline, () => {
      const pop = tvm.getGlobalFunc('vm.builtin.kv_state_popn');
      const count = tvm.scalar(filledKVCacheLength - tokens, 'int32');
      pop(kvCache, tvm.scalar(0, 'int64'), count);
    });
    this.#pipeline.filledKVCacheLength = tokens;
  }

  /** Shortens the KV cache by one token. */
  rollBack(): void {
    this.shortenTo(this.#pipeline.filledKVCacheLength - 1);
  }

  async prefill(tokens: readonly number[]): Promise<Tensor> {
    const logits = await this.#pipeline.forwardKnownTokens([...tokens], true);
    // Otherwise the GPU's queue would grow, and a stop would wait for all of it.
    await this.#pipeline.sync();
    return logits;
  }

  startSampling(params: GenerateParams): void {
    this.#sampler.start(params);
  }

  /**
   * `counts` holds how often each token occurs in the answer. Changes the logits: they keep the penalties and the mask.
   */
  sample(logits: Tensor, counts: ReadonlyMap<number, number>): SampledToken {
    return this.#sampler.sample(logits, counts);
  }

  /** Adds the token to the KV cache, and returns the logits after it. */
  forward(token: number): Promise<Tensor> {
    return this.#pipeline.forwardDecodeToken(token);
  }

  /** The same for a token that is only on the GPU. WebLLM's own call needs it on the CPU. */
  forwardAhead({ onGpu }: SampledToken): Tensor {
    const pipeline = this.#pipeline;
    const { tvm, kvCache, params } = pipeline;
    const logits = inScope(pipeline, () => {
      // Comes first, because it writes to the GPU, which submits all encoded commands.
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

/** Frees all objects that the work makes, except detached ones. */
export function inScope<T>({ tvm }: Pipeline, work: () => T): T {
  tvm.beginScope();
  try {
    return work();
  } finally {
    tvm.endScope();
  }
}
