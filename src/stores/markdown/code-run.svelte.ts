/** Runs the code of an answer at the visitor's request, one program at a time. */
import { PythonError, type PythonProblem } from '../../core/evaluate/python-problem';
import { PrintedText } from '../../core/markdown/printed-text';
import { assertNever } from '../../protocol/errors';
import type { ProgramResult } from '../../protocol/sandbox';

export type RunLanguage = 'javascript' | 'python';
export type RunProblem = PythonProblem | 'sandbox-failed';

export type RunState =
  /** Also while another program runs. */
  | { readonly phase: 'starting' }
  | { readonly phase: 'fetching'; readonly receivedBytes: number; readonly sizeBytes: number }
  | { readonly phase: 'done'; readonly result: ProgramResult }
  | { readonly phase: 'stopped' }
  | { readonly phase: 'failed'; readonly problem: RunProblem };

interface ScriptOptions {
  readonly onPrinted: (text: string) => void;
  readonly signal: AbortSignal;
}

interface WorkOptions extends ScriptOptions {
  /** Gets the size of each part of Python that arrives. */
  readonly onBytes: (bytes: number) => void;
}

type Work = (options: WorkOptions) => Promise<ProgramResult>;

export interface CodeRunnerOptions {
  readonly code: { runScript(script: string, options: ScriptOptions): Promise<ProgramResult> };
  readonly python: { run(program: string, options: WorkOptions): Promise<ProgramResult> };
  /** The size of Python's download; null in a build without Python. */
  readonly pythonBytes: number | null;
}

export class CodeRunner {
  readonly #options: CodeRunnerOptions;
  /** Settles when all runs so far have ended. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: CodeRunnerOptions) {
    this.#options = options;
  }

  /** Starts a run, or queues it behind the running one. */
  start(language: RunLanguage, code: string): CodeRun {
    return new CodeRun((options) => {
      const result = this.#tail.then(() => this.#run(language, code, options));
      this.#tail = result.catch(() => {});
      return result;
    }, this.#options.pythonBytes ?? 0);
  }

  #run(language: RunLanguage, code: string, options: WorkOptions): Promise<ProgramResult> {
    options.signal.throwIfAborted();
    const { python, pythonBytes } = this.#options;
    switch (language) {
      case 'javascript':
        return this.#options.code.runScript(code, options);
      case 'python':
        if (pythonBytes === null) throw new PythonError('python-missing');
        return python.run(code, options);
      default:
        return assertNever(language);
    }
  }
}

export class CodeRun {
  state = $state.raw<RunState>({ phase: 'starting' });
  /** So far, and however it ends. */
  printed = $state('');
  /** It printed more than is kept. */
  isCut = $state(false);
  readonly isRunning = $derived(this.state.phase === 'starting' || this.state.phase === 'fetching');
  readonly #controller = new AbortController();

  constructor(work: Work, sizeBytes: number) {
    let receivedBytes = 0;
    const onBytes = (bytes: number) => {
      receivedBytes += bytes;
      // Once all is here, Python starts.
      const isAll = receivedBytes >= sizeBytes;
      this.state = isAll ? { phase: 'starting' } : { phase: 'fetching', receivedBytes, sizeBytes };
    };
    const all = new PrintedText();
    const onPrinted = (text: string) => {
      // What comes after a stop would change what the visitor reads.
      if (!this.isRunning) return;
      all.add(text);
      this.printed = all.text;
      this.isCut = all.isCut;
    };
    const { signal } = this.#controller;
    void work({ onBytes, onPrinted, signal }).then(
      (result) => this.#end({ phase: 'done', result }),
      (cause: unknown) => {
        const problem = cause instanceof PythonError ? cause.problem : 'sandbox-failed';
        if (this.isRunning) console.warn(cause);
        this.#end({ phase: 'failed', problem });
      },
    );
  }

  stop(): void {
    this.#end({ phase: 'stopped' });
    this.#controller.abort();
  }

  /** The first end counts. */
  #end(state: RunState): void {
    if (this.isRunning) this.state = state;
  }
}
