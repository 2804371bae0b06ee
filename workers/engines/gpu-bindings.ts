/**
 * The bind groups of a shader, kept: a model calls it with the same buffers, in the same order, for each token. The
 * scalars are in a uniform buffer of each bind group, which is written only when they change.
 */
import type { CommandRecorder } from './gpu-recorder';

export interface Binding {
  readonly group: GPUBindGroup;
  readonly buffers: readonly GPUBuffer[];
  readonly uniform: GPUBuffer;
  /** What the uniform buffer holds. */
  readonly words: Int32Array;
  /** Until that one is submitted, the uniform buffer must stay as it is: a write would come before it. */
  usedBy: CommandRecorder;
  /** What the same shader was called with after this, the last time. */
  next: Binding | null;
}

/** All bindings of the same buffers: several where their scalars differ before a submit. */
interface Variants {
  readonly buffers: readonly GPUBuffer[];
  readonly all: Binding[];
  forget(): void;
}

/** `GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST`, which TypeScript's library does not have. */
const uniformUsage = 0x40 | 0x08;

/** Which bindings a buffer is in. */
const users = new WeakMap<GPUBuffer, Set<Variants>>();

/** For a buffer that is about to be destroyed, with nothing left to submit that has it. */
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

  /** For a call that is recorded next. Allocates nothing where the call follows the same one as the last time. */
  acquire(
    buffers: readonly GPUBuffer[],
    words: Int32Array<ArrayBuffer>,
    recorder: CommandRecorder,
  ) {
    const guess = this.#last?.next;
    const binding =
      guess && isSame(guess.buffers, buffers) && this.#hold(guess, words, recorder)
        ? guess
        : this.#find(buffers, words, recorder);
    if (this.#last) this.#last.next = binding;
    this.#last = binding;
    binding.usedBy = recorder;
    return binding.group;
  }

  /** Writes the words into the binding's uniform buffer, if they are others and may be written. */
  #hold(binding: Binding, words: Int32Array<ArrayBuffer>, recorder: CommandRecorder): boolean {
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
      variants.all.find((binding) => this.#hold(binding, words, recorder));
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
