/**
 * What comes before an answer's code in the sandbox's worker: takes away what could make more of it, then
 * calls the function and tells what came back. It keeps nothing secret and guards no result, since code in
 * the same worker could undo that: expected results never come here. The real walls are the frame's
 * (opaque origin, policy) and the time limit.
 */
import type { CodeResult } from '../src/core/evaluate/javascript-task';

declare const self: DedicatedWorkerGlobalScope & {
  corralRun?: (find: () => unknown) => void;
};

/** Of all array buffers together. Plain objects are limited only by the browser's own heap limit. */
const bufferBudgetBytes = 64 * 1024 * 1024;
const longestResult = 20_000;

const { postMessage } = self;
const { parse, stringify } = JSON;
let calls: string | null = null;
let find: (() => unknown) | null = null;

/** Workers in the worker, memory of WebAssembly, memory shared with others. */
for (const name of [
  'Worker',
  'SharedWorker',
  'WebAssembly',
  'SharedArrayBuffer',
  'importScripts',
]) {
  Reflect.deleteProperty(self, name);
  Reflect.deleteProperty(Object.getPrototypeOf(self) as object, name);
  Reflect.deleteProperty(WorkerGlobalScope.prototype, name);
}
limitBuffers();

self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  calls = data;
  run();
});
self.corralRun = (found) => {
  find = found;
  run();
};

function run(): void {
  if (calls === null || find === null) return;
  const target = find();
  const results = (parse(calls) as unknown[][]).map((args): CodeResult => {
    try {
      if (typeof target !== 'function') throw new TypeError('there is no such function');
      const text = stringify((target as (...args: unknown[]) => unknown)(...args)) ?? 'null';
      if (text.length > longestResult) throw new RangeError('the result is too long');
      return { type: 'value', value: parse(text) as unknown };
    } catch (error) {
      return { type: 'thrown', message: String(error).slice(0, 200) };
    }
  });
  postMessage(results);
}

/** Counts what array buffers are asked for; freed ones count too, which no small task comes near. */
function limitBuffers(): void {
  let spentBytes = 0;
  const spend = (bytes: number) => {
    spentBytes += bytes;
    if (spentBytes > bufferBudgetBytes) throw new RangeError('out of memory');
  };
  const limited = [
    ArrayBuffer,
    ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
    ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array],
  ] as (new (size: number) => object)[];
  for (const original of limited) {
    const { BYTES_PER_ELEMENT: width = 1 } = original as { BYTES_PER_ELEMENT?: number };
    const proxy = new Proxy(original, {
      construct(target, args: [number], newTarget) {
        const [size] = args;
        const length =
          typeof size === 'number'
            ? size
            : Number((size as object & { length?: number })?.length ?? 0);
        spend((length || 0) * width);
        return Reflect.construct(target, args, newTarget) as object;
      },
    });
    Reflect.set(self, original.name, proxy);
    Reflect.set(original.prototype as object, 'constructor', proxy);
  }
  Reflect.deleteProperty(ArrayBuffer.prototype, 'resize');
  Reflect.deleteProperty(ArrayBuffer.prototype, 'transfer');
}
