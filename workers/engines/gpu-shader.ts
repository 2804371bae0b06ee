/**
 * A call of a shader by WebLLM's runtime, with as few calls of the browser as can be.
 * `vite/web-llm-commands.ts` puts this in the place of what WebLLM's bundle does itself.
 */
import { Bindings } from './gpu-bindings';
import type { CommandRecorder } from './gpu-recorder';

/** A shader as WebLLM's runtime has read it. */
interface ShaderParts {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  /** Of each argument: `handle` is a buffer, others are such as `int32`, `uint32`, `float32`. */
  readonly argTypes: readonly string[];
  /** Which arguments are buffers, and which are scalars. */
  readonly bufferArgs: readonly number[];
  readonly scalarArgs: readonly number[];
  /** What the arguments after those are: 0 to 2 the workgroups along x, y and z, others the shader's own. */
  readonly dimensions: readonly number[];
}

/** What is used of WebLLM's `WebGPUContext`. */
interface GpuContext {
  readonly device: GPUDevice;
  gpuBufferFromPtr(pointer: number): GPUBuffer;
}

export class Shader {
  readonly #context: GpuContext;
  readonly #parts: ShaderParts;
  readonly #bindings: Bindings;
  // One set for all calls: a token takes hundreds of them.
  readonly #buffers: GPUBuffer[] = [];
  readonly #words: Int32Array<ArrayBuffer>;
  readonly #views: readonly (Int32Array | Uint32Array | Float32Array)[];
  readonly #workgroups: [number, number, number] = [1, 1, 1];

  constructor(context: GpuContext, parts: ShaderParts) {
    this.#context = context;
    this.#parts = parts;
    this.#bindings = new Bindings(context.device, parts.layout);
    this.#words = new Int32Array(parts.scalarArgs.length + 1);
    const unsigned = new Uint32Array(this.#words.buffer);
    const floats = new Float32Array(this.#words.buffer);
    this.#views = parts.scalarArgs.map((arg) => {
      const type = parts.argTypes[arg] ?? '';
      if (type.startsWith('float')) return floats;
      return type.startsWith('uint') ? unsigned : this.#words;
    });
  }

  call(recorder: CommandRecorder, args: readonly number[]): void {
    this.#readBuffers(args);
    this.#readScalars(args);
    this.#readWorkgroups(args);
    const group = this.#bindings.acquire(this.#buffers, this.#words, recorder);
    recorder.dispatch(this.#parts.pipeline, group, this.#workgroups);
  }

  #readBuffers(args: readonly number[]): void {
    const { bufferArgs } = this.#parts;
    for (let at = 0; at < bufferArgs.length; at += 1) {
      this.#buffers[at] = this.#context.gpuBufferFromPtr(args[bufferArgs[at]!]!);
    }
  }

  #readScalars(args: readonly number[]): void {
    const { scalarArgs } = this.#parts;
    for (let at = 0; at < scalarArgs.length; at += 1) {
      this.#views[at]![at] = args[scalarArgs[at]!]!;
    }
  }

  /** What is too wide is folded into z; the shader finds its place from both, and is told the true width. */
  #readWorkgroups(args: readonly number[]): void {
    const { bufferArgs, scalarArgs, dimensions } = this.#parts;
    const first = bufferArgs.length + scalarArgs.length;
    const size = this.#workgroups;
    size.fill(1);
    for (let at = 0; at < dimensions.length; at += 1) {
      const dimension = dimensions[at]!;
      if (dimension < 3) size[dimension] = args[first + at]!;
    }
    if (size[2] !== 1)
      throw new Error('WebGPU: blockIdx.z is for what does not fit into blockIdx.x');
    this.#words[scalarArgs.length] = size[0];
    while (size[0] > 0xffff) {
      size[0] = Math.ceil(size[0] / 2);
      size[2] *= 2;
    }
  }
}
