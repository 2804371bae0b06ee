// The number of threads that computes a step: over a fake clock, and in the installed wllama's files.
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { WasmBinary } from '../../vite/wasm-binary';
import {
  chooseThreads,
  clockName,
  firstInterval,
  longestInterval,
  measureSteps,
} from '../../vite/wllama-threads';
import { computeIndex, computingWasm } from '../fixtures/computing-wasm';

const wllama = new URL('../../node_modules/@wllama/wllama/esm/', import.meta.url);
const read = (kind: 'single-thread' | 'multi-thread') =>
  readFileSync(new URL(`${kind}/wllama.wasm`, wllama));

/** Milliseconds of a step by its number of threads. */
type Times = Readonly<Record<number, number>>;
const idle: Times = { 1: 80, 2: 40, 4: 20, 8: 10, 3: 27, 7: 12 };
const busy: Times = { 1: 80, 2: 100, 4: 200, 8: 300 };

/** llama.cpp's structures in memory: a backend, its context, a graph, its nodes, and the first of them. */
const places = { backend: 64, context: 256, graph: 320, nodes: 384, node: 512 };

type Compute = (backend: number, graph: number) => number;

class Machine {
  times: Times = idle;
  /** The numbers of threads that computed each step. */
  steps: number[] = [];
  clockReads = 0;
  #nowMs = 1e12;
  readonly #cells: Uint32Array;
  readonly #compute: Compute;

  constructor(private readonly most: number) {
    const file = new WasmBinary(computingWasm(clockName));
    measureSteps(file, computeIndex);
    const memory = new WebAssembly.Memory({ initial: 1 });
    this.#cells = new Uint32Array(memory.buffer);
    this.#set(places.backend + 64, places.context);
    this.#set(places.graph + 4, 1);
    this.#set(places.graph + 12, places.nodes);
    this.#set(places.nodes, places.node);
    const clock = () => {
      this.clockReads += 1;
      return this.#nowMs;
    };
    const compute = (backend: number, graph: number) => {
      expect([backend, graph]).toEqual([places.backend, places.graph]);
      const threads = this.#cells[places.context / 4]!;
      this.steps.push(threads);
      this.#nowMs += this.times[threads]! * (this.#cells[(places.node + 16) / 4]! > 1 ? 3 : 1);
      return 7;
    };
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(file.toBytes()), {
      a: { [clockName]: clock, compute, memory },
    });
    this.#compute = exports['compute'] as Compute;
  }

  /** The numbers of threads of so many steps. */
  run(count: number, tokens = 1): readonly number[] {
    this.steps = [];
    for (let step = 0; step < count; step += 1) {
      // llama.cpp sets it before each graph.
      this.#set(places.context, this.most);
      this.#set(places.node + 16, tokens);
      expect(this.#compute(places.backend, places.graph)).toBe(7);
      expect(this.#cells[places.context / 4]).toBe(this.most);
    }
    return this.steps;
  }

  #set(place: number, value: number): void {
    this.#cells[place / 4] = value;
  }
}

const share = (steps: readonly number[], threads: number) =>
  steps.filter((one) => one === threads).length / steps.length;

describe('a step’s threads', () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine(8);
  });

  it('are the most at first, and remain so where that is fastest', () => {
    expect(machine.run(2 * firstInterval)).toEqual([8, 8, 8, 8, 4, 8, 8, 8]);
    machine.run(2 * longestInterval);
    expect(share(machine.run(1000), 8)).toBeGreaterThan(0.99);
  });

  it('go down to one where one is fastest', () => {
    machine.times = busy;
    machine.run(30);
    machine.run(2 * longestInterval);
    const later = machine.run(1000);
    expect(share(later, 1)).toBeGreaterThan(0.99);
    expect(new Set(later)).toEqual(new Set([1, 2]));
  });

  it.each([
    [7, [7, 3, 1]],
    [2, [2, 1]],
  ])('are halves of %i', (most, counts) => {
    machine = new Machine(most);
    machine.times = { 1: 10, 2: 20, 3: 20, 7: 30 };
    expect([...new Set(machine.run(30))]).toEqual(counts);
    expect(machine.steps.at(-2)).toBe(1);
  });

  it('may be a number between', () => {
    machine.times = { 1: 80, 2: 40, 4: 22, 8: 60 };
    machine.run(2 * longestInterval);
    const later = machine.run(1000);
    expect(share(later, 4)).toBeGreaterThan(0.99);
    expect(new Set(later)).toEqual(new Set([2, 4, 8]));
  });

  it('change soon when the machine becomes busy', () => {
    machine.run(1000);
    machine.times = busy;
    machine.run(40);
    expect(share(machine.run(100), 1)).toBeGreaterThan(0.85);
  });

  it('change when the machine becomes idle', () => {
    machine.times = busy;
    machine.run(1000);
    machine.times = idle;
    machine.run(longestInterval + 30);
    expect(share(machine.run(100), 8)).toBeGreaterThan(0.85);
  });

  it('do not change between numbers that are about as fast', () => {
    const random = randomNumbers();
    let steps: readonly number[] = [];
    for (let step = 0; step < 2000; step += 1) {
      const jitter = () => 20 * (1 + 0.08 * random());
      machine.times = { 8: jitter(), 4: jitter(), 2: jitter(), 1: jitter() };
      steps = [...steps, ...machine.run(1)];
    }
    expect(share(steps, 8)).toBeGreaterThan(0.98);
  });

  it('do not change for one slow step', () => {
    machine.run(1000);
    machine.times = { ...idle, 8: 500 };
    machine.run(1);
    machine.times = idle;
    expect(share(machine.run(1000), 8)).toBeGreaterThan(0.99);
  });

  it('cost few slower steps to choose', () => {
    machine.run(1000);
    const [trials, steps] = [machine.run(10 * longestInterval), machine.steps.length];
    const costMs = trials.reduce((sum, threads) => sum + idle[threads]! - idle[8]!, 0);
    expect(costMs / (steps * idle[8]!)).toBeLessThan(0.01);
  });

  it('are other ones in prefill than in decode', () => {
    machine.times = busy;
    machine.run(100);
    machine.times = idle;
    expect(machine.run(firstInterval, 16)).toEqual([8, 8, 8, 8]);
    machine.times = busy;
    expect(machine.run(2)).toEqual([1, 1]);
  });

  it('do not depend on a prompt’s last step, which has fewer tokens', () => {
    machine.run(40, 16);
    for (let prompt = 0; prompt < 50; prompt += 1) {
      machine.run(3, 16);
      machine.times = { 8: 1, 4: 1, 2: 1, 1: 1 };
      machine.run(1, 5);
      machine.times = idle;
    }
    expect(share(machine.run(200, 16), 8)).toBeGreaterThan(0.97);
  });

  it('are not measured where there is one', () => {
    machine = new Machine(1);
    expect(new Set(machine.run(200))).toEqual(new Set([1]));
    expect(machine.clockReads).toBe(0);
  });
});

/** From 0 to 1, the same each time. */
function randomNumbers(): () => number {
  let seed = 1;
  return () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('wllama’s files', () => {
  it('have the choice where there are several threads', () => {
    const bytes = read('multi-thread');
    const file = new WasmBinary(bytes);
    const before = file.functions.map((index) => file.body(index));
    chooseThreads(file);
    const changed = file.functions.filter((index, at) => file.body(index) !== before[at]);
    // The function in place of llama.cpp's, and llama.cpp's at the end.
    expect(changed).toHaveLength(2);
    expect(changed.at(-1)).toBe(file.functions.at(-1));
    expect(file.body(changed[1]!)).toBe(before[changed[0]! - file.functions[0]!]);
    expect(() => file.slotOf(changed[0]!)).not.toThrow();
    expect(WebAssembly.validate(file.toBytes())).toBe(true);
  });

  it('have a clock of milliseconds with that name', () => {
    const script = readFileSync(new URL('index.js', wllama), 'utf8');
    expect(script).toContain(`,${clockName}:_emscripten_get_now,s:_emscripten_num_logical_cores`);
  });

  it('are refused where they have no clock, or no function that computes a graph', () => {
    expect(() => chooseThreads(new WasmBinary(read('single-thread')))).toThrow(
      'imports no function',
    );
    const other = new WasmBinary(computingWasm(clockName));
    expect(() => chooseThreads(other)).toThrow('wllama has changed: 0 functions');
  });
});
