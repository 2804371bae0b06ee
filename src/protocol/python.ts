/** The contract of the page, the build and the worker that runs Python. */

/** The folder of Python in the build, relative to the page; null in a build without it. */
export interface PythonFiles {
  readonly folder: string;
  /** The sum of its files before compression. */
  readonly bytes: number;
}

export interface PythonInput {
  /** Python's standard library as a zip. */
  readonly library: ArrayBuffer;
  /** `judge`: the program passes if it ends without an error. `run`: its output is returned. */
  readonly task: 'judge' | 'run';
  readonly program: string;
}

/** What judging returns; running prints, and returns a `ProgramResult`. The reason may be the program's own text. */
export type PythonOutput =
  { readonly type: 'passed' } | { readonly type: 'failed'; readonly reason: string };
