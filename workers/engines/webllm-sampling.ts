/**
 * Samples by the library's own functions, as WebLLM does, to the same tokens. WebLLM's own call waits for the token;
 * here it stays on the GPU, where the next step takes it, and is read meanwhile.
 */
import type { GenerateParams } from '../../src/protocol/engine';
import type { Pipeline, Tensor } from './webllm-pipeline';

export interface SampledToken {
  readonly onGpu: Tensor;
  /** Resolves when the GPU has come so far. */
  readonly read: Promise<number>;
}

/** For one token after another; what stays the same for all of them is put on the GPU once. */
export class Sampler {
  readonly #pipeline: Pipeline;
  readonly #temperature: Tensor;
  readonly #random: Tensor;
  readonly #onCpu: Tensor;
  #penalties: readonly [presence: number, frequency: number, repeat: number] = [0, 0, 1];

  constructor(pipeline: Pipeline) {
    const { tvm, device } = pipeline;
    this.#pipeline = pipeline;
    tvm.beginScope();
    const keep = (dtype: 'int32' | 'float32', place: unknown) =>
      tvm.detachFromCurrentScope(tvm.empty([1], dtype, place));
    this.#temperature = keep('float32', device);
    this.#random = keep('float32', device);
    this.#onCpu = keep('int32', tvm.cpu());
    tvm.endScope();
  }

  start({ temperature, topP, seed, repeatPenalty, ...params }: GenerateParams): void {
    if (seed !== undefined) this.#pipeline.setSeed(seed);
    // The lower bounds are WebLLM's own: it divides by the temperature.
    this.#temperature.copyFrom([Math.max(temperature, 1e-6)]);
    this.#pipeline.topPDevice.copyFrom([Math.max(topP, 1e-5)]);
    this.#penalties = [params.presencePenalty ?? 0, params.frequencyPenalty ?? 0, repeatPenalty];
  }

  sample(logits: Tensor, counts: ReadonlyMap<number, number>): SampledToken {
    const pipeline = this.#pipeline;
    const { tvm, fullVocabSize } = pipeline;
    tvm.beginScope();
    try {
      this.#punish(logits, counts);
      const probabilities = pipeline.fsoftmaxWithTemperature(
        logits.view([1, 1, fullVocabSize]),
        this.#temperature,
      );
      const sorted = pipeline.fargsortProbs(probabilities.view([1, fullVocabSize]));
      this.#random.copyFrom([tvm.rng.randomFloat()]);
      const onGpu = pipeline.fsampleWithTopP(
        sorted.get(0),
        sorted.get(1),
        this.#random,
        pipeline.sampleIndicesDevice,
        pipeline.topPDevice,
      );
      return { onGpu: tvm.detachFromCurrentScope(onGpu), read: this.#read(onGpu) };
    } finally {
      tvm.endScope();
    }
  }

  /** Waits for this copy alone: `sync` would wait for the steps that are enqueued after it, too. */
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

  #punish(logits: Tensor, counts: ReadonlyMap<number, number>): void {
    const [presence, frequency, repeat] = this.#penalties;
    if (counts.size === 0 || (presence === 0 && frequency === 0 && repeat === 1)) return;
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
      tvm.empty([1, 3], 'float32', device).copyFrom(this.#penalties),
    );
  }
}
