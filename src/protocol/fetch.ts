/**
 * The wire format between the worker that stores models, which has no network, and the worker that fetches, which has
 * no storage. The page connects them, and determines which addresses may be fetched.
 */

/**
 * The addresses that may be fetched: `files`, and the files directly in `folder`, whose address ends with a
 * slash.
 */
export interface FetchTarget {
  readonly files: readonly string[];
  readonly folder: string | null;
}

/** From the page: allows the owner of the port to fetch what is at the target. */
export interface FetchStart {
  readonly target: FetchTarget;
  readonly port: MessagePort;
}

export type FetchRequest =
  | {
      readonly type: 'get';
      readonly id: number;
      readonly url: string;
      /** Such as `bytes=0-1999999`; empty for the whole file. */
      readonly range: string;
    }
  /** Allows one more part; the first `partsAhead` need no permission. */
  | { readonly type: 'more'; readonly id: number }
  | { readonly type: 'cancel'; readonly id: number };

export type FetchEvent =
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: 'part'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'end'; readonly id: number }
  /** No server answered, the connection broke, or the address is not allowed. */
  | { readonly type: 'failed'; readonly id: number };

/** The number of parts that may be sent before they are requested, so that neither side waits for the other. */
export const partsAhead = 8;

/** The name of a file directly in a folder: no slash, no `..`, no character with a meaning in URLs. */
export const plainName = /^[\w-][\w.-]{0,127}$/;
