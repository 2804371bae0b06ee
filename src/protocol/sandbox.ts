/** The wire format between the page, the sandbox's frame, and the worker in it. */

/** From the page, over the port that the frame was handed. */
export interface SandboxRequest {
  readonly id: number;
  /** A whole program, for a worker of its own. */
  readonly program: string;
  /** JSON: the arguments of each call. */
  readonly calls: string;
  readonly timeoutMs: number;
}

/** The worker's own words in `results` are hostile: whoever reads them checks them. */
export type SandboxReply = {
  readonly id: number;
} & (
  | { readonly type: 'results'; readonly results: unknown }
  | { readonly type: 'timed-out' }
  /** Such as a syntax error. */
  | { readonly type: 'broken'; readonly message: string }
);

/** The one message to the frame's window, with a port: sent to any origin, since the frame has none. */
export const sandboxHello = 'corral-sandbox';
