/** Runs a model's JavaScript in QuickJS, in a worker, in a frame without an origin. */
import type { CodeCall, CodeResult } from '../core/evaluate/javascript-task';
import { AppError, assertNever } from '../protocol/errors';
import { programResult } from '../core/markdown/program-result';
import type { CodeInput, ProgramResult, ScriptInput } from '../protocol/sandbox';
import type { RunOptions, RunResult, SandboxFrame } from './sandbox-frame';

export type CodeRun =
  | { readonly type: 'results'; readonly results: readonly CodeResult[] }
  | { readonly type: 'timed-out' }
  | { readonly type: 'broken'; readonly message: string };

const runMs = 3000;
/** QuickJS checks the time itself, but not inside its built-in loops. Then the worker is ended. */
const limits = { startMs: 20_000, runMs: runMs + 1000 };

export class CodeSandbox {
  readonly #frame: SandboxFrame;

  constructor(frame: SandboxFrame) {
    this.#frame = frame;
  }

  /**
   * Runs one program at a time. Rejects with an AppError, such as `sandbox-failed`, if the program did not run.
   */
  async run(code: string, entryPoint: string, calls: readonly CodeCall[]): Promise<CodeRun> {
    if (!/^[A-Za-z_$][\w$]*$/.test(entryPoint)) throw new TypeError('not a name');
    const input: CodeInput = {
      code,
      entryPoint,
      runMs,
      calls: calls.map(({ args }) => args.map((arg) => JSON.stringify(arg))),
    };
    const outcome = await this.#run(input);
    switch (outcome.type) {
      case 'finished':
        return readRun(outcome.output, calls.length);
      case 'timed-out':
        return { type: 'timed-out' };
      case 'broken':
        return outcome;
      default:
        return assertNever(outcome);
    }
  }

  /** Runs a program for its output. Rejects as `run` does, and with the signal's reason. */
  async runScript(script: string, options: RunOptions): Promise<ProgramResult> {
    return programResult(await this.#run({ script, runMs }, options));
  }

  async #run(input: CodeInput | ScriptInput, options: RunOptions = {}): Promise<RunResult> {
    const outcome = await this.#frame
      .run(() => input, limits, options)
      .catch((cause: unknown) => {
        options.signal?.throwIfAborted();
        throw AppError.from(cause, 'sandbox-failed');
      });
    if (outcome.type !== 'finished' && !outcome.isStarted) {
      const cause =
        outcome.type === 'broken' ? outcome.message : 'its worker did not start in time';
      throw new AppError('sandbox-failed', {}, { cause });
    }
    return outcome;
  }
}

function readRun(output: unknown, most: number): CodeRun {
  const { type, results } = (output ?? {}) as { type?: unknown; results?: unknown };
  if (type === 'timed-out') return { type };
  const read = Array.isArray(results) ? (results as unknown[]) : [];
  return { type: 'results', results: read.slice(0, most).map(readResult) };
}

function readResult(result: unknown): CodeResult {
  const { type, value, message } = (result ?? {}) as Record<string, unknown>;
  if (type === 'value') return { type, value };
  return { type: 'thrown', message: typeof message === 'string' ? message.slice(0, 1000) : '' };
}
