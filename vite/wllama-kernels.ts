/**
 * Puts Corral's own functions into wllama's WebAssembly as it is built: dot products (`wllama-dots.ts`), barriers
 * (`wllama-barriers.ts`), the choice of the number of threads (`wllama-threads.ts`) and of a seed (`wllama-seeds.ts`). A
 * wllama whose functions have changed fails the build. See docs/decisions/0035-cpu-kernels.md.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';
import { WasmBinary } from './wasm-binary.ts';
import { letThreadsSleep } from './wllama-barriers.ts';
import { dotProduct, type WeightType } from './wllama-dots.ts';
import { kDotProduct, type KType } from './wllama-k-dots.ts';
import { takeSeeds } from './wllama-seeds.ts';
import { chooseThreads } from './wllama-threads.ts';

const kinds = ['single-thread', 'multi-thread'] as const;
export type WllamaKind = (typeof kinds)[number];

/** Of weights whose dot product is replaced. */
export type ReplacedType = WeightType | KType;

interface Replaced {
  /**
   * Of llama.cpp's own function, apart from the address of a table that differs between wllama's files; whatever it does,
   * ours has to do as well.
   */
  readonly digest: string;
  /** ggml's number for the type of the other factor. */
  readonly other: number;
  /** How many rows and columns ours takes at once. */
  readonly rows: 1 | 2;
  readonly make: () => Uint8Array;
}

const [typeQ8_0, typeQ8_1, typeQ8K] = [8, 9, 15];

const replaced: Readonly<Record<ReplacedType, Replaced>> = {
  q4_0: {
    digest: '55eeef4d3f2942bb9fe31029d2ea964364353ccf8094a0c3a53b8b3c39801e56',
    other: typeQ8_0,
    rows: 2,
    make: () => dotProduct('q4_0'),
  },
  q4_1: {
    digest: 'c67c380fb584c80ace52fa7ad88d8ad4973d5835c98fa0357bf3ecc9292b34e6',
    other: typeQ8_1,
    rows: 2,
    make: () => dotProduct('q4_1'),
  },
  q8_0: {
    digest: '52fd5c7808884304af8c5355a7b350227ed7c02f88a534ec711982881b0f07d9',
    other: typeQ8_0,
    rows: 2,
    make: () => dotProduct('q8_0'),
  },
  q4_k: {
    digest: '41b7c04d50f865bc5c30bc37c539f0ed3cc6ed6732c5b47dec948304dea60344',
    other: typeQ8K,
    rows: 1,
    make: () => kDotProduct('q4_k'),
  },
  q6_k: {
    digest: '4cc7ecac62e5b81078d25c272681be0edf670e3ee9f56637f2a5cd4391df7914',
    other: typeQ8K,
    rows: 1,
    make: () => kDotProduct('q6_k'),
  },
};
const replacedTypes = Object.keys(replaced) as readonly ReplacedType[];

/** i32.shl; i32.const table; i32.add */
// eslint-disable-next-line no-control-regex -- these are bytes, not text
const tableAddress = /\x74\x41[\x80-\xff]*[\x00-\x7f]\x6a/g;

/** The number of llama.cpp's dot product in one of wllama's files. @throws Error if it has changed. */
export function dotProductIn(file: WasmBinary, type: ReplacedType): number {
  const { digest } = replaced[type];
  const found = file.functions.filter((index) => digestOf(file.body(index)) === digest);
  if (found.length !== 1) {
    throw new Error(`wllama has changed: ${found.length} functions are the one for ${type}.`);
  }
  return found[0]!;
}

function digestOf(body: Uint8Array): string {
  const code = Buffer.from(body).toString('latin1').replace(tableAddress, 'table');
  return createHash('sha256').update(code, 'latin1').digest('hex');
}

/**
 * Without a choice of threads, all steps have as many as wllama got at load, for measurements.
 * @throws Error where wllama is not as it was.
 */
export function withKernels(
  bytes: Uint8Array,
  kind: WllamaKind,
  { hasChoice = true } = {},
): Uint8Array<ArrayBuffer> {
  const file = new WasmBinary(bytes);
  for (const type of replacedTypes) {
    const { other, rows, make } = replaced[type];
    const index = dotProductIn(file, type);
    file.replace(index, make());
    // As in `ggml_type_traits_cpu`: the function, the other factor's type, and how many rows it takes at once.
    const entry = (count: number) => {
      const words = [file.slotOf(index), other, 0, count];
      // The file leaves out zeros at the end.
      return new Uint8Array(Uint32Array.from(words).buffer).subarray(0, 13);
    };
    file.replaceData(entry(1), entry(rows));
  }
  takeSeeds(file);
  if (kind === 'multi-thread') {
    letThreadsSleep(file);
    if (hasChoice) chooseThreads(file);
  }
  return file.toBytes();
}

/**
 * Serves the changed files in place of wllama's. They are written to the cache, since Vite takes the address of a file
 * only.
 */
export function wllamaKernels(): Plugin {
  const { resolve } = createRequire(import.meta.url);
  let cache = '';
  const written = new Map<string, string>();
  return {
    name: 'corral-wllama-kernels',
    enforce: 'pre',
    configResolved({ root }) {
      cache = path.join(root, 'node_modules', '.cache', 'corral');
    },
    resolveId(source) {
      const [file = '', query] = source.split('?');
      const kind = kinds.find((one) => file === `@wllama/wllama/esm/${one}/wllama.wasm`);
      if (!kind) return null;
      const place =
        written.get(file) ??
        write(path.join(cache, kind), withKernels(readFileSync(resolve(file)), kind));
      written.set(file, place);
      return query === undefined ? place : `${place}?${query}`;
    },
  };
}

function write(folder: string, bytes: Uint8Array): string {
  const place = path.join(folder, 'wllama.wasm');
  mkdirSync(folder, { recursive: true });
  // Several builds may run at once.
  const draft = `${place}.${process.pid}`;
  writeFileSync(draft, bytes);
  renameSync(draft, place);
  return place;
}
