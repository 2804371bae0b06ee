/**
 * The wire format between the worker that stores models, which has no network, and the one that fetches, which has
 * nothing stored. The page connects them, and says where may be asked.
 */

/** The addresses that may be asked: these, and the files directly in the folder, whose address ends with a slash. */
export interface FetchPlace {
  readonly files: readonly string[];
  readonly folder: string | null;
}

/** From the page: whoever has the port may ask for what is at the place. */
export interface FetchStart {
  readonly place: FetchPlace;
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
  /** One more part may be sent; `partsAhead` need no such word. */
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
  /** No server answered, the connection broke, or the place has no such address. */
  | { readonly type: 'failed'; readonly id: number };

/** So many are on their way at once, that neither side waits for the other. */
export const partsAhead = 8;

/** A file directly in a folder: no slash, no way up, nothing that an address would read otherwise. */
export const plainName = /^[\w-][\w.-]{0,127}$/;
