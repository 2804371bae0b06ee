/** The wire format between the page, the sandbox's frame, and the worker in it. */

/** From the page, over the port that the frame was handed: the set-up first, then one run at a time. */
export type SandboxRequest =
  | {
      readonly type: 'set-up';
      /** A whole program, a classic script, which each run starts anew in a worker of its own. */
      readonly program: string;
      /** What the program runs guests in; compiled once, and handed to each worker. */
      readonly wasm: ArrayBuffer;
    }
  | {
      readonly type: 'run';
      /** For the worker; the frame does not look at it. */
      readonly input: unknown;
      /** How long the worker may take until it says `sandboxStarted`. */
      readonly startMs: number;
      /** How long it may take from there. */
      readonly runMs: number;
    };

/**
 * What a worker says in `output` may be the guest's words: whoever reads them checks them. Until the worker
 * `isStarted`, the guest has not run: the sandbox itself failed.
 */
export type SandboxEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'finished'; readonly output: unknown }
  | { readonly type: 'timed-out'; readonly isStarted: boolean }
  | { readonly type: 'broken'; readonly isStarted: boolean; readonly message: string };

/** From the frame to a worker that it just started. */
export interface SandboxStart<Input> {
  readonly module: WebAssembly.Module;
  readonly input: Input;
}

/** From a worker, before it runs what it was given: the time for that begins. */
export const sandboxStarted = 'started';

/** The one message to the frame's window, with a port: sent to any origin, since the frame has none. */
export const sandboxHandshake = 'corral-sandbox';

/** What the JavaScript sandbox's worker is given. */
export interface CodeInput {
  readonly code: string;
  readonly entryPoint: string;
  /** The arguments of each call, as JSON; what they should come to never goes in. */
  readonly calls: readonly (readonly string[])[];
  readonly runMs: number;
}
