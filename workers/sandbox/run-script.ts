/** Runs a program of an answer in QuickJS, and returns its output: printed text, last value and error. */
import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { ProgramResult, ScriptInput } from '../../src/protocol/sandbox';
import { guestConsole } from './guest-console';
import type { Print } from './print-to';
import { newRuntime } from './quickjs';

const longestError = 2000;

/** A new interpreter for each program. */
export function runScript(
  quickJs: QuickJSWASMModule,
  { script, runMs }: ScriptInput,
  print: Print,
): ProgramResult {
  const { runtime, isLate } = newRuntime(quickJs, runMs);
  const program = new Program(runtime.newContext(), print);
  let value: string | null = null;
  let error: string | null = null;
  try {
    const result = program.start(script);
    while (!isLate() && program.runNext());
    value = program.valueOf(result);
  } catch (cause) {
    // The browser's own stack limit is not an error of the program either.
    error = cause instanceof GuestError ? cause.message : String(cause).slice(0, longestError);
  }
  return { value, png: null, error: isLate() ? null : error, isLate: isLate() };
}

class GuestError extends Error {}

class Program {
  readonly #context: QuickJSContext;
  readonly #show: QuickJSHandle;
  readonly #runTimer: QuickJSHandle;

  constructor(context: QuickJSContext, print: Print) {
    this.#context = context;
    const guestPrint = context.newFunction('print', (text) => print(context.getString(text)));
    const tools = context.unwrapResult(
      context.callFunction(
        context.unwrapResult(context.evalCode(guestConsole)),
        context.undefined,
        guestPrint,
      ),
    );
    this.#show = context.getProp(tools, 'show');
    this.#runTimer = context.getProp(tools, 'runTimer');
  }

  /** The last expression's value, or a module's promise. */
  start(script: string): QuickJSHandle {
    const context = this.#context;
    // Only a module may await or export at its top; it has no last value.
    const asScript = context.evalCode(script, 'answer.js', { type: 'global', compileOnly: true });
    const mayBeModule = /\b(?:await|export|import)\b/.test(script);
    const type = asScript.error && mayBeModule ? 'module' : 'global';
    return this.#read(context.evalCode(script, 'answer.js', { type }));
  }

  /** Runs the pending promise jobs and one timer; false if there was no timer. */
  runNext(): boolean {
    const jobs = this.#context.runtime.executePendingJobs();
    if (jobs.error) throw this.#error(jobs.error);
    const ran = this.#read(this.#context.callFunction(this.#runTimer, this.#context.undefined));
    return this.#context.dump(ran) === true;
  }

  /** Null for no value. */
  valueOf(result: QuickJSHandle): string | null {
    const context = this.#context;
    const state = context.getPromiseState(result);
    if (state.type === 'rejected') throw this.#error(state.error);
    if (state.type === 'pending') return null;
    const type = context.typeof(state.value);
    // A module's value is its namespace, which is not shown.
    if (type === 'undefined' || this.#isNamespace(state.value)) return null;
    return this.#text(this.#read(context.callFunction(this.#show, context.undefined, state.value)));
  }

  #isNamespace(value: QuickJSHandle): boolean {
    const tag = this.#context.unwrapResult(
      this.#context.evalCode('(value) => Object.prototype.toString.call(value)'),
    );
    const read = this.#context.callFunction(tag, this.#context.undefined, value);
    return !read.error && this.#text(read.value) === '[object Module]';
  }

  #read(result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle {
    if (result.error) throw this.#error(result.error);
    return result.value;
  }

  #error(error: QuickJSHandle): GuestError {
    const context = this.#context;
    const describe = context.unwrapResult(
      context.evalCode(`(error) => (error instanceof Error
        ? error.name + ': ' + error.message + '\\n' + (error.stack ?? '')
        : 'Uncaught: ' + String(error)).slice(0, ${longestError})`),
    );
    const text = context.callFunction(describe, context.undefined, error);
    return new GuestError(
      text.error ? 'an error that says nothing' : this.#text(text.value).trim(),
    );
  }

  /** Only for texts that the guest's code has shortened already. */
  #text(handle: QuickJSHandle): string {
    return this.#context.typeof(handle) === 'string' ? this.#context.getString(handle) : '';
  }
}
