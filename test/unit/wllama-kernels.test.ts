// What the build changes in wllama's WebAssembly, on the files that are installed.
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { WasmBinary } from '../../vite/wasm-binary';
import { letThreadsSleep } from '../../vite/wllama-barriers';
import { dotProduct } from '../../vite/wllama-dots';
import { kDotProduct } from '../../vite/wllama-k-dots';
import { dotProductIn, type ReplacedType, withKernels } from '../../vite/wllama-kernels';
import { takeSeeds } from '../../vite/wllama-seeds';
import { memoryFlags } from '../fixtures/wasm-memory';
import { functionsOf, memoryOf } from '../fixtures/wasm-functions';

const read = (kind: 'single-thread' | 'multi-thread') =>
  readFileSync(
    new URL(`../../node_modules/@wllama/wllama/esm/${kind}/wllama.wasm`, import.meta.url),
  );
const single = read('single-thread');

/** How many numbers a block has; and its bytes, with the places of its 16-bit floats, of weights and of the other factor. */
interface Layout {
  readonly type: ReplacedType;
  readonly make: () => Uint8Array;
  readonly numbers: 32 | 256;
  readonly x: { readonly bytes: number; readonly halves: readonly number[] };
  readonly y: { readonly bytes: number; readonly halves: readonly number[] };
}
const q8K = { bytes: 292, halves: [] };
const q8_0 = { bytes: 34, halves: [0] };
const layouts: readonly Layout[] = [
  {
    type: 'q4_0',
    make: () => dotProduct('q4_0'),
    numbers: 32,
    x: { bytes: 18, halves: [0] },
    y: q8_0,
  },
  {
    type: 'q4_1',
    make: () => dotProduct('q4_1'),
    numbers: 32,
    x: { bytes: 20, halves: [0, 2] },
    y: { bytes: 36, halves: [0, 2] },
  },
  { type: 'q8_0', make: () => dotProduct('q8_0'), numbers: 32, x: q8_0, y: q8_0 },
  {
    type: 'q4_k',
    make: () => kDotProduct('q4_k'),
    numbers: 256,
    x: { bytes: 144, halves: [0, 2] },
    y: q8K,
  },
  {
    type: 'q6_k',
    make: () => kDotProduct('q6_k'),
    numbers: 256,
    x: { bytes: 210, halves: [208] },
    y: q8K,
  },
];
/** Where llama.cpp has all 16-bit floats as 32-bit ones, in the file for one thread. */
const floatTable = 251_152;
const [xAt, yAt, ownAt, ourAt] = [0x10_0000, 0x30_0000, 0x60_0000, 0x70_0000];

type Dot = (
  n: number,
  s: number,
  bs: number,
  x: number,
  bx: number,
  y: number,
  by: number,
  nrc: number,
) => void;

function halfToFloat(half: number): number {
  const [exponent, fraction] = [(half >> 10) & 31, half & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return half & 0x8000 ? -size : size;
}

/** llama.cpp's function and Corral's, over one memory that is full of random blocks. */
function bothDots({ type, make, x, y }: Layout) {
  const file = new WasmBinary(single);
  const memory = memoryOf();
  const view = new DataView(memory.buffer);
  for (let half = 0; half < 0x10000; half += 1) {
    view.setFloat32(floatTable + 4 * half, halfToFloat(half), true);
  }
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) >>> 8;
  const fill = (from: number, { bytes, halves }: Layout['x']) => {
    for (let at = from; at < from + 64 * 64 * bytes; at += bytes) {
      for (let byte = 0; byte < bytes; byte += 1) view.setUint8(at + byte, random());
      for (const half of halves) {
        // Finite; a few of them zero or subnormal.
        view.setUint16(at + half, (random() & 0x83ff) | ((random() % 26) << 10), true);
      }
      if (halves.length === 0) view.setFloat32(at, random() / 1e7, true);
    }
  };
  fill(xAt, x);
  fill(yAt, y);
  const bodies = [file.body(dotProductIn(file, type)), make()];
  const module = new WebAssembly.Module(functionsOf(bodies, 8));
  const { exports } = new WebAssembly.Instance(module, { m: { memory } });
  const bitsAt = (at: number) => view.getUint32(at, true);
  return { own: exports['0'] as Dot, ours: exports['1'] as Dot, bitsAt };
}

describe.each(layouts)('the dot product of $type', (layout) => {
  const { numbers } = layout;
  const [xBytes, yBytes] = [layout.x.bytes, layout.y.bytes];
  const { own, ours, bitsAt } = bothDots(layout);
  const blockCounts = [0, 1, 2, 3, 4, 5, 6, 7, 9, 18, 48, 64];

  it.each(blockCounts)('has the bits of llama.cpp’s: %i blocks', (blocks) => {
    for (let row = 0; row < 40; row += 1) {
      const [x, y] = [xAt + row * blocks * xBytes, yAt + (39 - row) * blocks * yBytes];
      own(numbers * blocks, ownAt, 0, x, 0, y, 0, 1);
      ours(numbers * blocks, ourAt, 0, x, 0, y, 0, 1);
      expect(bitsAt(ourAt)).toBe(bitsAt(ownAt));
    }
  });

  // K-quants are not asked for two.
  it.each(numbers === 32 ? blockCounts : [])(
    'has them for two rows and two columns: %i blocks',
    (blocks) => {
      const [bx, by] = [blocks * xBytes, blocks * yBytes];
      for (let row = 0; row < 20; row += 2) {
        const [x, y] = [xAt + row * bx, yAt + (30 - row) * by];
        ours(numbers * blocks, ourAt, 16, x, bx, y, by, 2);
        for (const [i, j] of [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ] as const) {
          own(numbers * blocks, ownAt, 0, x + i * bx, 0, y + j * by, 0, 1);
          expect(bitsAt(ourAt + 4 * i + 64 * j)).toBe(bitsAt(ownAt));
        }
      }
    },
  );
});

describe('wllama’s files', () => {
  it.each([
    ['single-thread', 1],
    ['multi-thread', 3], // shared
  ] as const)('stay valid, with the same kind of memory: %s', (kind, flags) => {
    const changed = withKernels(read(kind), kind);
    expect(WebAssembly.validate(changed)).toBe(true);
    expect(memoryFlags(changed)).toBe(flags);
    const names = (bytes: Uint8Array<ArrayBuffer>) =>
      WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
    expect(names(changed)).toEqual(names(Uint8Array.from(read(kind))));
  });

  it('are refused where a dot product has changed', () => {
    const file = new WasmBinary(single);
    file.replace(dotProductIn(file, 'q4_1'), dotProduct('q4_1'));
    expect(() => withKernels(file.toBytes(), 'single-thread')).toThrow('wllama has changed');
  });

  it('are refused where a seed is taken in another way', () => {
    const file = new WasmBinary(single);
    takeSeeds(file);
    expect(() => withKernels(file.toBytes(), 'single-thread')).toThrow('takes its seed');
  });

  it('are refused where there are no barriers', () => {
    expect(() => withKernels(single, 'multi-thread')).toThrow('wllama has changed');
  });
});

describe('a barrier', () => {
  const waitBody = () => {
    const file = new WasmBinary(read('multi-thread'));
    letThreadsSleep(file);
    return file.body(file.functions.at(-1)!);
  };
  /** As in `ggml_threadpool`. */
  const passedPlace = 192 / 4;

  it('lets a thread go on once the others have come, whether it spins or sleeps', async () => {
    const memory = memoryOf({ isShared: true });
    const cells = new Int32Array(memory.buffer);
    const module = new WebAssembly.Module(functionsOf([waitBody()], 2, { isShared: true }));
    const thread = new Worker(
      `const { workerData: { module, memory }, parentPort } = require('node:worker_threads');
       const wait = new WebAssembly.Instance(module, { m: { memory } }).exports['0'];
       const cells = new Int32Array(memory.buffer);
       for (let round = 0; round < 100; round += 1) {
         Atomics.store(cells, 0, round + 1);
         wait(0, round);
       }
       parentPort.postMessage('done');`,
      { eval: true, workerData: { module, memory } },
    );
    const done = new Promise((resolve) => thread.once('message', resolve));
    for (let round = 0; round < 100; round += 1) {
      while (Atomics.load(cells, 0) <= round) await new Promise((resolve) => setImmediate(resolve));
      // In every other round it has time to fall asleep.
      if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      Atomics.add(cells, passedPlace, 1);
      Atomics.notify(cells, passedPlace);
    }
    expect(await done).toBe('done');
    await thread.terminate();
  });
});
