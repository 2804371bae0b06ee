/** What the page, the build and the worker that runs Python agree on. */

/** Where the build put Python, relative to the page; null in a build without it. */
export interface PythonFiles {
  readonly folder: string;
  /** Of all its files, as they are before a server compresses them. */
  readonly bytes: number;
}

export interface PythonInput {
  /** Python's standard library, a zip. */
  readonly library: ArrayBuffer;
  /** A whole program; it passes if it runs to its end. */
  readonly program: string;
}

/** The reason may be the program's own words. */
export type PythonOutput =
  { readonly type: 'passed' } | { readonly type: 'failed'; readonly reason: string };
