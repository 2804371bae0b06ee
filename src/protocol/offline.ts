/** What a page and the service worker tell each other. */

/** Files that an engine needs, kept only on devices that can use them. */
export type EnginePart = 'wllama-one-thread' | 'wllama-threads' | 'webllm';

export const engineParts: readonly EnginePart[] = ['wllama-one-thread', 'wllama-threads', 'webllm'];

/** Files that few visits need: kept from their first use on, and no update waits for them. */
export type LaterPart = 'code' | 'python';

export const laterParts: readonly LaterPart[] = ['code', 'python'];

export type PageRequest =
  /** Fetch these parts if they are not here yet; answered with `Kept`. */
  | { readonly type: 'keep'; readonly parts: readonly EnginePart[] }
  /** Tell the hashes of this build's files; answered with a record by address. */
  | { readonly type: 'list-files' }
  /** Take control of the page, which a forced reload had left without. */
  | { readonly type: 'claim' }
  /** Hand over what was shared with the app; answered with `Shared` or null. */
  | { readonly type: 'take-shared' }
  /** Take over from the version before; workbox-window sends this. */
  | { readonly type: 'SKIP_WAITING' };

/** Those parts that are here as a whole. */
export type Kept = readonly EnginePart[];

/** What another app, or any web page, posted to the share target: hostile until looked at. */
export interface Shared {
  readonly text: string;
  readonly files: readonly File[];
}

/** The service worker fetched a file for itself or for a page. */
export interface ServiceWorkerFetched {
  readonly type: 'fetched';
  readonly url: string;
  readonly bytes: number;
  readonly atMs: number;
}

export type ServiceWorkerMessage =
  | ServiceWorkerFetched
  /** Asks a page for the hash of a file of its build, which is an earlier one; answered over the port. */
  | { readonly type: 'integrity-of'; readonly url: string };

/** The build's own list of its files, with their hashes; made by `vite/service-worker.ts`. */
export interface BuiltFiles {
  /** Changes with any of the files. */
  readonly build: string;
  /** Without the others': what the app needs to open, and all of its smaller parts. */
  readonly app: readonly BuiltFile[];
  readonly engines: Readonly<Record<EnginePart, readonly BuiltFile[]>>;
  readonly later: Readonly<Record<LaterPart, readonly BuiltFile[]>>;
}

export interface BuiltFile {
  /** Relative to the service worker's own address. */
  readonly url: string;
  /** Null where the name itself changes with the content. */
  readonly revision: string | null;
  /** As the `integrity` of a request. */
  readonly integrity: string;
}

/** A page holds a lock of this name, followed by its script's address, as long as it is open. */
export const pageLockPrefix = 'corral-page:';
