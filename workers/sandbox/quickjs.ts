/**
 * Runs JavaScript in QuickJS, an interpreter in WebAssembly. A program has its own objects and cannot access the
 * worker's. Its memory is limited, and its time limit is checked regularly.
 */
import { QuickJSFFI } from '@jitl/quickjs-wasmfile-release-sync/ffi';
import loadEmscripten from '@jitl/quickjs-wasmfile-release-sync/emscripten-module';
import {
  type QuickJSContext,
  type QuickJSHandle,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { CodeResult } from '../../src/core/evaluate/javascript-task';
import type { CodeInput } from '../../src/protocol/sandbox';

/** A program's memory limit, counted by QuickJS. */
const memoryLimitBytes = 64 * 1024 * 1024;
/** The second limit: the interpreter with everything in it, enforced by the browser. In pages of 64 KiB. */
const memoryPages = { initial: 256, maximum: 2560 };
const stackLimitBytes = 256 * 1024;
const longestResult = 20_000;
const longestMessage = 200;

/** Functions that examples of models call and that QuickJS lacks; their output is dropped. */
const prelude = `globalThis.console = Object.fromEntries(
  ['log', 'info', 'warn', 'error', 'debug', 'table', 'assert', 'time', 'timeEnd'].map((name) => [name, () => {}]),
);`;

export type CodeOutput =
  | { readonly type: 'results'; readonly results: readonly CodeResult[] }
  | { readonly type: 'timed-out' };

/** A new interpreter for each program: programs never share one. */
export async function loadQuickJs(module: WebAssembly.Module): Promise<QuickJSWASMModule> {
  const emscripten = await loadEmscripten({
    wasmMemory: new WebAssembly.Memory(memoryPages),
    async instantiateWasm(imports, onSuccess) {
      const instance = await WebAssembly.instantiate(module, imports);
      onSuccess(instance);
      return instance.exports;
    },
  });
  emscripten.type = 'sync';
  return new QuickJSWASMModule(emscripten, new QuickJSFFI(emscripten));
}

/** A runtime with all limits. The time limit starts now. */
export function newRuntime(quickJs: QuickJSWASMModule, runMs: number) {
  const endMs = Date.now() + runMs;
  const isLate = () => Date.now() > endMs;
  const runtime = quickJs.newRuntime({
    memoryLimitBytes,
    maxStackSizeBytes: stackLimitBytes,
    interruptHandler: isLate,
  });
  return { runtime, isLate };
}

/** Runs the code, then makes the calls; stops at one that breaks the interpreter. */
export function runInQuickJs(quickJs: QuickJSWASMModule, input: CodeInput): CodeOutput {
  const { code, entryPoint, calls, runMs } = input;
  const { runtime, isLate } = newRuntime(quickJs, runMs);
  const results: CodeResult[] = [];
  const guest = new Guest(runtime.newContext());
  try {
    const found = guest.find(code, entryPoint);
    for (const args of calls) {
      results.push('message' in found ? found : guest.call(found.value, args));
      if (isLate()) return { type: 'timed-out' };
    }
  } catch (error) {
    // The interpreter itself failed, for example at the browser's stack limit. This is not an error of the program.
    results.push(thrown(String(error)));
  }
  return { type: 'results', results };
}

/** Read before the guest's code can replace them. */
class Guest {
  readonly #context: QuickJSContext;
  readonly #parse: QuickJSHandle;
  readonly #stringify: QuickJSHandle;
  readonly #string: QuickJSHandle;

  constructor(context: QuickJSContext) {
    this.#context = context;
    const own = (code: string) => context.unwrapResult(context.evalCode(code));
    own(prelude);
    this.#parse = own('JSON.parse');
    this.#stringify = own('JSON.stringify');
    this.#string = own('String');
  }

  /** The function, or what the code threw. */
  find(code: string, entryPoint: string) {
    const run = this.#context.evalCode(code, 'answer.js', { type: 'global' });
    if (run.error) return this.#thrown(run.error);
    const found = this.#context.evalCode(
      `typeof ${entryPoint} === 'function' ? ${entryPoint} : undefined`,
    );
    if (found.error) return this.#thrown(found.error);
    const isFunction = this.#context.typeof(found.value) === 'function';
    return isFunction ? found : thrown('TypeError: there is no such function');
  }

  call(target: QuickJSHandle, args: readonly string[]): CodeResult {
    const context = this.#context;
    const values = args.map((arg) =>
      context.unwrapResult(
        context.callFunction(this.#parse, context.undefined, context.newString(arg)),
      ),
    );
    const returned = context.callFunction(target, context.undefined, ...values);
    if (returned.error) return this.#thrown(returned.error);
    const text = context.callFunction(this.#stringify, context.undefined, returned.value);
    if (text.error) return this.#thrown(text.error);
    if (context.typeof(text.value) !== 'string') return { type: 'value', value: null };
    const json = this.#read(text.value, longestResult);
    if (json === null) return thrown('RangeError: the result is too long');
    return { type: 'value', value: JSON.parse(json) as unknown };
  }

  #thrown(error: QuickJSHandle) {
    const text = this.#context.callFunction(this.#string, this.#context.undefined, error);
    const isText = !text.error && this.#context.typeof(text.value) === 'string';
    return thrown((isText && this.#read(text.value, 10_000)) || 'an error that says nothing');
  }

  /** Null for a longer text, which stays in the interpreter. */
  #read(text: QuickJSHandle, most: number): string | null {
    const length = this.#context.getNumber(this.#context.getProp(text, 'length'));
    return length > most ? null : this.#context.getString(text);
  }
}

const thrown = (message: string) =>
  ({ type: 'thrown', message: message.slice(0, longestMessage) }) as const;
