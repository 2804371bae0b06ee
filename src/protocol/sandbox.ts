/** The wire format between the page, the sandbox's frame, and the worker in the frame. */

/** From the page, over the frame's port: first the set-up, then one run at a time. */
export type SandboxRequest =
  | {
      readonly type: 'set-up';
      /** A classic script, which each run starts anew in its own worker. */
      readonly program: string;
      /** The program's WebAssembly; compiled once and handed to each worker. */
      readonly wasm: ArrayBuffer;
    }
  | {
      readonly type: 'run';
      /** Passed on to the worker; the frame does not read it. */
      readonly input: unknown;
      /** How long the worker may take to post `sandboxStarted`. */
      readonly startMs: number;
      /** How long it may take after that. */
      readonly runMs: number;
      /** A worker that prints more, in characters, is ended. */
      readonly mostPrinted: number;
    };

/**
 * `output` may hold the guest's own data: check it. If `isStarted` is false, the guest has not run: the sandbox
 * itself failed.
 */
export type SandboxEvent =
  | { readonly type: 'ready' }
  | SandboxPrinted
  | { readonly type: 'finished'; readonly output: unknown }
  | { readonly type: 'timed-out'; readonly isStarted: boolean }
  | { readonly type: 'broken'; readonly isStarted: boolean; readonly message: string };

/** From a worker as its guest prints, so that a guest that is ended loses nothing; passed on by the frame. */
export interface SandboxPrinted {
  readonly type: 'printed';
  readonly text: string;
}

/** From the frame to a new worker. */
export interface SandboxStart<Input> {
  readonly module: WebAssembly.Module;
  readonly input: Input;
}

/** Posted by a worker before it runs its input: the time for the run begins. */
export const sandboxStarted = 'started';

/** The one message to the frame's window, with a port. The frame has no origin, so it is sent to any origin. */
export const sandboxHandshake = 'corral-sandbox';

/** The input of the JavaScript sandbox's worker. */
export interface CodeInput {
  readonly code: string;
  readonly entryPoint: string;
  /** The arguments of each call, as JSON; the expected results never go in. */
  readonly calls: readonly (readonly string[])[];
  readonly runMs: number;
}

/** The other input of that worker: a program of an answer, run for what it prints. */
export interface ScriptInput {
  readonly script: string;
  readonly runMs: number;
}

/** How a program of an answer ended, beside what it printed. The guest's own data: check it. */
export interface ProgramResult {
  /** The last expression's value as text; null if there is none. */
  readonly value: string | null;
  /** The last expression's value as a PNG in base64. */
  readonly png: string | null;
  /** The error that it threw. */
  readonly error: string | null;
  /** Whether it was ended because its time was up. */
  readonly isLate: boolean;
}

/** In characters: of all that a program prints, and of its value. */
export const longestPrinted = 20_000;
/** In characters of base64. */
export const longestPicture = 4_000_000;
