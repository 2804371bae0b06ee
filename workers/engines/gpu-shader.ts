/**
 * Calls a shader for WebLLM's runtime, with as few browser calls as possible. `vite/web-llm-commands.ts` replaces
 * WebLLM's own code with it.
 */
import { Bindings } from './gpu-bindings';
import type { CommandRecorder } from './gpu-recorder';

/** The description of a shader in WebLLM's runtime. */
interface ShaderParts {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  /** The type of each argument: `handle` for a buffer; otherwise `int32`, `uint32`, `float32` and so on. */
  readonly argTypes: readonly string[];
  /** The indexes of the buffers and of the scalars among the arguments. */
  readonly bufferArgs: readonly number[];
  readonly scalarArgs: readonly number[];
  /**
   * The meaning of the remaining arguments: 0 to 2 are the workgroups along x, y and z; others belong to the shader.
   */
  readonly dimensions: readonly number[];
}

/** The used part of WebLLM's `WebGPUContext`. */
interface GpuContext {
  readonly device: GPUDevice;
  gpuBufferFromPtr(pointer: number): GPUBuffer;
}

export class Shader {
  readonly #context: GpuContext;
  readonly #parts: ShaderParts;
  readonly #bindings: Bindings;
  // Reused by all calls, since a token takes hundreds of them.
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

  /** A grid that is too wide continues in z. The shader computes its position from x and z, and gets the true width. */
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
