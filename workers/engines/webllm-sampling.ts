/**
 * Samples with the functions of the model's library, and gives the same tokens as WebLLM. The app's own kernels find
 * the most likely token and apply top-k and min-p. WebLLM's own call waits for the token. Here it stays on the GPU for
 * the next step, and is read at the same time.
 */
import type { GenerateParams } from '../../src/protocol/engine';
import { type Kernel, likeliestKernel, maskKernel } from './gpu-kernels';
import type { Pipeline, Tensor } from './webllm-pipeline';

export interface SampledToken {
  /** Valid until the next token is sampled. */
  readonly onGpu: Tensor;
  /** Resolves when the GPU has computed the token. */
  readonly read: Promise<number>;
}

/**
 * With 1, rounding errors would influence the draw from the whole vocabulary, and the same seed would not give the same
 * answer.
 */
const maxTopP = 0.9999;

/** Samples the tokens of an answer. Values that stay the same for all tokens are uploaded once. */
export class Sampler {
  readonly #pipeline: Pipeline;
  readonly #temperature: Tensor;
  readonly #random: Tensor;
  readonly #likeliest: Tensor;
  readonly #onCpu: Tensor;
  readonly #kernels: Record<'likeliest' | 'mask', (...args: number[]) => void>;
  #params: GenerateParams = { maxTokens: 0, temperature: 0, topP: 1, repeatPenalty: 1 };
  #drawn: Tensor | null = null;

  constructor(pipeline: Pipeline) {
    const { tvm, device } = pipeline;
    this.#pipeline = pipeline;
    tvm.beginScope();
    const allocate = (dtype: 'int32' | 'float32', place: unknown) =>
      tvm.detachFromCurrentScope(tvm.empty([1], dtype, place));
    this.#temperature = allocate('float32', device);
    this.#random = allocate('float32', device);
    this.#likeliest = allocate('int32', device);
    this.#onCpu = allocate('int32', tvm.cpu());
    tvm.endScope();
    this.#kernels = {
      likeliest: shaderOf(pipeline, likeliestKernel),
      mask: shaderOf(pipeline, maskKernel),
    };
  }

  start(params: GenerateParams): void {
    this.#params = params;
    if (params.seed !== undefined) this.#pipeline.setSeed(params.seed);
    this.#temperature.copyFrom([Math.max(params.temperature, 1e-6)]);
    // WebLLM has the same lower bounds, since it divides by the temperature.
    this.#pipeline.topPDevice.copyFrom([Math.max(1e-5, Math.min(params.topP, maxTopP))]);
  }

  /**
   * `counts` holds how often each token occurs in the answer. Changes the logits: they keep the penalties and the mask.
   */
  sample(logits: Tensor, counts: ReadonlyMap<number, number>): SampledToken {
    const { tvm } = this.#pipeline;
    tvm.beginScope();
    try {
      this.#applyPenalties(logits, counts);
      const onGpu = this.#params.temperature > 0 ? this.#draw(logits) : this.#choose(logits);
      return { onGpu, read: this.#read(onGpu) };
    } finally {
      tvm.endScope();
    }
  }

  #choose(logits: Tensor): Tensor {
    const count = this.#pipeline.fullVocabSize;
    const token = this.#likeliest.getDataPtr();
    this.#kernels.likeliest(logits.getDataPtr(), token, logits.byteOffset / 4, count, 1);
    return this.#likeliest;
  }

  #draw(logits: Tensor): Tensor {
    const pipeline = this.#pipeline;
    const { tvm, fullVocabSize } = pipeline;
    const { topK = 0, minP = 0 } = this.#params;
    if (topK > 0 || minP > 0) {
      const range = minP > 0 ? -Math.log(minP) : 1e9;
      const first = logits.byteOffset / 4;
      this.#kernels.mask(logits.getDataPtr(), first, fullVocabSize, topK, range, 1);
    }
    const probabilities = pipeline.fsoftmaxWithTemperature(
      logits.view([1, 1, fullVocabSize]),
      this.#temperature,
    );
    const sorted = pipeline.fargsortProbs(probabilities.view([1, fullVocabSize]));
    this.#random.copyFrom([tvm.rng.randomFloat()]);
    const drawn = pipeline.fsampleWithTopP(
      sorted.get(0),
      sorted.get(1),
      this.#random,
      pipeline.sampleIndicesDevice,
      pipeline.topPDevice,
    );
    this.#drawn?.dispose();
    this.#drawn = tvm.detachFromCurrentScope(drawn);
    return drawn;
  }

  /** Waits for this copy only. `sync` would also wait for the steps that were enqueued after it. */
  async #read(onGpu: Tensor): Promise<number> {
    const gpu = this.#pipeline.tvm.lib.webGPUContext;
    this.#onCpu.copyFrom(onGpu);
    const copied = gpu.pendingGPUToCPUCopy;
    gpu.pendingGPUToCPUCopy = null;
    await copied;
    const token = this.#onCpu.toArray()[0] ?? -1;
    if (token < 0) throw new Error('no token could be sampled');
    return token;
  }

  #applyPenalties(logits: Tensor, counts: ReadonlyMap<number, number>): void {
    const { presencePenalty = 0, frequencyPenalty = 0, repeatPenalty } = this.#params;
    const isOff = presencePenalty === 0 && frequencyPenalty === 0 && repeatPenalty === 1;
    if (counts.size === 0 || isOff) return;
    const pipeline = this.#pipeline;
    const { tvm, device, fullVocabSize } = pipeline;
    const integers = (values: readonly number[]) =>
      tvm.empty([values.length], 'int32', device).copyFrom(values);
    pipeline.fapplyPenalty(
      logits.view([1, fullVocabSize]),
      integers([0]),
      integers(Array.from(counts, () => 0)),
      integers([...counts.keys()]),
      integers([...counts.values()]),
      tvm
        .empty([1, 3], 'float32', device)
        .copyFrom([presencePenalty, frequencyPenalty, repeatPenalty]),
    );
  }
}

function shaderOf({ tvm }: Pipeline, { name, argTypes, writesTo, code }: Kernel) {
  const writes = `paramWriteAccess:${JSON.stringify(writesTo)}`;
  const info = { name, arg_types: argTypes, launch_param_tags: ['blockIdx.x', writes] };
  return tvm.lib.webGPUContext.createShader(info, code);
}
