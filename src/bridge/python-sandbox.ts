/**
 * Judges and runs Python programs in Pyodide, in a worker, in a frame without an origin; each program gets a new
 * interpreter.
 */
import { PythonError } from '../core/evaluate/python-problem';
import { programResult } from '../core/markdown/program-result';
import type { PythonInput, PythonOutput } from '../protocol/python';
import type { ProgramResult } from '../protocol/sandbox';
import type { PythonParts } from './python-files';
import { type RunOptions, type RunResult, SandboxFrame } from './sandbox-frame';

/** HumanEval's own limit is three seconds, but native Python is several times as fast. */
const limits = { startMs: 120_000, runMs: 10_000 };

export interface PythonSandboxOptions {
  /** The text of workers/sandbox/frame.js. */
  readonly frameScript: string;
  readonly fetchParts: (
    onBytes: (bytes: number) => void,
    signal?: AbortSignal,
  ) => Promise<PythonParts>;
}

export interface PythonRunOptions extends RunOptions {
  /** Gets the size of each part of Python that arrives, if it has to be fetched. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal;
}

export class PythonSandbox {
  readonly #frame: SandboxFrame;
  #library: ArrayBuffer | null = null;
  #onBytes: (bytes: number) => void = () => undefined;

  constructor({ frameScript, fetchParts }: PythonSandboxOptions) {
    this.#frame = new SandboxFrame({
      frameScript,
      load: async (signal) => {
        const { library, ...parts } = await fetchParts((bytes) => this.#onBytes(bytes), signal);
        this.#library = library;
        return parts;
      },
    });
  }

  /** Fetches Python first if it is not loaded. Rejects with a PythonError, or with the signal's reason. */
  async judge(
    program: string,
    onBytes: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<PythonOutput> {
    const outcome = await this.#run('judge', program, { onBytes, signal });
    if (outcome.type === 'finished') return readOutput(outcome.output);
    return { type: 'failed', reason: outcome.type === 'broken' ? outcome.message : 'timed out' };
  }

  /** Runs a program for its output; otherwise as `judge`. */
  async run(program: string, options: PythonRunOptions): Promise<ProgramResult> {
    return programResult(await this.#run('run', program, options));
  }

  async #run(
    task: PythonInput['task'],
    program: string,
    { onBytes, ...options }: PythonRunOptions,
  ): Promise<RunResult> {
    this.#onBytes = onBytes;
    try {
      const input = (): PythonInput => ({ library: this.#library!, task, program });
      const outcome = await this.#frame.run(input, limits, options);
      if (outcome.type === 'finished' || outcome.isStarted) return outcome;
      const reason = outcome.type === 'broken' ? outcome.message : 'timed out';
      throw new Error(`Python did not start: ${reason}`);
    } catch (cause) {
      options.signal.throwIfAborted();
      throw cause instanceof PythonError ? cause : new PythonError('python-failed', { cause });
    }
  }

  /** Frees its memory. */
  close(): void {
    this.#frame.close();
    this.#library = null;
  }
}

function readOutput(output: unknown): PythonOutput {
  const { type, reason } = (output ?? {}) as Record<string, unknown>;
  if (type === 'passed') return { type };
  return { type: 'failed', reason: typeof reason === 'string' ? reason.slice(0, 1000) : '' };
}
