/**
 * Caches the bind groups of a shader: for each token, a model calls the shader with the same buffers in the same order.
 * Each bind group has a uniform buffer for the scalars. It is written only when they change.
 */
import type { CommandRecorder } from './gpu-recorder';

export interface Binding {
  readonly group: GPUBindGroup;
  readonly buffers: readonly GPUBuffer[];
  readonly uniform: GPUBuffer;
  /** The current content of the uniform buffer. */
  readonly words: Int32Array;
  /**
   * The recorder that uses the binding. The uniform buffer must not be written until it is submitted: the write would
   * take effect first.
   */
  usedBy: CommandRecorder;
  /** The binding of the shader's next call, as recorded the last time. */
  next: Binding | null;
}

/** All bindings of the same buffers. There are several if the scalars differ between two submits. */
interface Variants {
  readonly buffers: readonly GPUBuffer[];
  readonly all: Binding[];
  forget(): void;
}

/** `GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST`, which TypeScript's library does not have. */
const uniformUsage = 0x40 | 0x08;

/** The bindings that contain a buffer. */
const users = new WeakMap<GPUBuffer, Set<Variants>>();

/** Call it before a buffer is destroyed, when no pending commands use the buffer. */
export function releaseBuffer(buffer: GPUBuffer): void {
  for (const variants of users.get(buffer) ?? []) {
    for (const other of variants.buffers) users.get(other)?.delete(variants);
    for (const { uniform } of variants.all) uniform.destroy();
    variants.forget();
  }
}

export class Bindings {
  readonly #device: GPUDevice;
  readonly #layout: GPUBindGroupLayout;
  readonly #byBuffers = new Map<string, Variants>();
  #last: Binding | null = null;

  constructor(device: GPUDevice, layout: GPUBindGroupLayout) {
    this.#device = device;
    this.#layout = layout;
  }

  /**
   * Returns the bind group for the next recorded call. Allocates nothing if the calls come in the same order as the
   * last time.
   */
  acquire(
    buffers: readonly GPUBuffer[],
    words: Int32Array<ArrayBuffer>,
    recorder: CommandRecorder,
  ) {
    const guess = this.#last?.next;
    const binding =
      guess && isSame(guess.buffers, buffers) && this.#setWords(guess, words, recorder)
        ? guess
        : this.#find(buffers, words, recorder);
    if (this.#last) this.#last.next = binding;
    this.#last = binding;
    binding.usedBy = recorder;
    return binding.group;
  }

  /** Writes the words into the binding's uniform buffer if they differ. False if the buffer is still in use. */
  #setWords(binding: Binding, words: Int32Array<ArrayBuffer>, recorder: CommandRecorder): boolean {
    if (isSame(binding.words, words)) return true;
    if (binding.usedBy === recorder) return false;
    binding.words.set(words);
    this.#device.queue.writeBuffer(binding.uniform, 0, words);
    return true;
  }

  #find(
    buffers: readonly GPUBuffer[],
    words: Int32Array<ArrayBuffer>,
    recorder: CommandRecorder,
  ): Binding {
    const variants = this.#variantsOf(buffers);
    const found =
      variants.all.find((binding) => isSame(binding.words, words)) ??
      variants.all.find((binding) => this.#setWords(binding, words, recorder));
    if (found) return found;
    const made = this.#make(variants.buffers, words, recorder);
    variants.all.push(made);
    return made;
  }

  #variantsOf(buffers: readonly GPUBuffer[]): Variants {
    const key = buffers.map(idOf).join();
    const known = this.#byBuffers.get(key);
    if (known) return known;
    const forget = () => this.#byBuffers.delete(key);
    const variants: Variants = { buffers: [...buffers], all: [], forget };
    this.#byBuffers.set(key, variants);
    for (const buffer of buffers) {
      users.set(buffer, (users.get(buffer) ?? new Set<Variants>()).add(variants));
    }
    return variants;
  }

  #make(
    buffers: readonly GPUBuffer[],
    words: Int32Array<ArrayBuffer>,
    usedBy: CommandRecorder,
  ): Binding {
    const uniform = this.#device.createBuffer({ size: words.byteLength, usage: uniformUsage });
    this.#device.queue.writeBuffer(uniform, 0, words);
    const entries = [...buffers, uniform].map((buffer, binding) => {
      return { binding, resource: { buffer } };
    });
    const group = this.#device.createBindGroup({ layout: this.#layout, entries });
    return { group, buffers, uniform, words: words.slice(), usedBy, next: null };
  }
}

function isSame<T>(some: ArrayLike<T>, others: ArrayLike<T>): boolean {
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}

const ids = new WeakMap<GPUBuffer, number>();
let lastId = 0;

function idOf(buffer: GPUBuffer): number {
  const id = ids.get(buffer) ?? (lastId += 1);
  ids.set(buffer, id);
  return id;
}
