/** Runs the code of an answer at the visitor's request, one program at a time. */
import { PythonError, type PythonProblem } from '../../core/evaluate/python-problem';
import { assertNever } from '../../protocol/errors';
import type { ProgramOutput } from '../../protocol/sandbox';

export type RunLanguage = 'javascript' | 'python';
export type RunProblem = PythonProblem | 'sandbox-failed';

export type RunState =
  /** Also while another program runs. */
  | { readonly phase: 'starting' }
  | { readonly phase: 'fetching'; readonly receivedBytes: number; readonly sizeBytes: number }
  | { readonly phase: 'done'; readonly output: ProgramOutput }
  | { readonly phase: 'stopped' }
  | { readonly phase: 'failed'; readonly problem: RunProblem };

export interface CodeRunnerOptions {
  readonly code: { runScript(script: string, signal: AbortSignal): Promise<ProgramOutput> };
  readonly python: {
    run(
      program: string,
      onBytes: (bytes: number) => void,
      signal: AbortSignal,
    ): Promise<ProgramOutput>;
  };
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
    const run = new CodeRun((onBytes, signal) => {
      const output = this.#tail.then(() => this.#run(language, code, onBytes, signal));
      this.#tail = output.catch(() => {});
      return output;
    }, this.#options.pythonBytes ?? 0);
    return run;
  }

  #run(
    language: RunLanguage,
    code: string,
    onBytes: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<ProgramOutput> {
    signal.throwIfAborted();
    const { python, pythonBytes } = this.#options;
    switch (language) {
      case 'javascript':
        return this.#options.code.runScript(code, signal);
      case 'python':
        if (pythonBytes === null) throw new PythonError('python-missing');
        return python.run(code, onBytes, signal);
      default:
        return assertNever(language);
    }
  }
}

type Work = (onBytes: (bytes: number) => void, signal: AbortSignal) => Promise<ProgramOutput>;

export class CodeRun {
  state = $state.raw<RunState>({ phase: 'starting' });
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
    void work(onBytes, this.#controller.signal).then(
      (output) => this.#end({ phase: 'done', output }),
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
