/** The wire format between a page and the service worker. */

/** Files of an engine, stored only on devices that can run it. */
export type EnginePart = 'wllama-one-thread' | 'wllama-threads' | 'webllm';

export const engineParts: readonly EnginePart[] = ['wllama-one-thread', 'wllama-threads', 'webllm'];

/** Files that few visits need; neither the first visit nor an update waits for them. */
export type LazyPart = 'code' | 'python' | 'documents';

export const lazyParts: readonly LazyPart[] = ['code', 'python', 'documents'];

/** The small lazy parts, stored after all others. Python, which takes 12 MB, is stored at its first use. */
export const smallLazyParts = ['code', 'documents'] as const satisfies readonly LazyPart[];

/** A part that a page asks for. */
export type RequestedPart = EnginePart | (typeof smallLazyParts)[number];

export type PageRequest =
  /** Fetches these parts if they are not stored yet; answered with `StoredParts`. */
  | { readonly type: 'keep'; readonly parts: readonly RequestedPart[] }
  /** Asks for the hashes of this build's files; answered with a record by address. */
  | { readonly type: 'list-files' }
  /** Takes control of the page after a forced reload, which leaves it without a service worker. */
  | { readonly type: 'claim' }
  /** Takes the content that was shared with the app; answered with `Shared` or null. */
  | { readonly type: 'take-shared' }
  /** Replaces the earlier version; workbox-window sends this. */
  | { readonly type: 'SKIP_WAITING' };

/** The parts that are stored completely. */
export type StoredParts = readonly EnginePart[];

/** The content that another app or any web page posted to the share target: untrusted. */
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
  /** Asks a page for the hash of a file of its (earlier) build; answered over the port. */
  | { readonly type: 'integrity-of'; readonly url: string };

/** The list of the build's files with their hashes; made by `vite/service-worker.ts`. */
export interface BuiltFiles {
  /** Changes with every file. */
  readonly build: string;
  /** The app itself: all files but those of engines and later parts. */
  readonly app: readonly BuiltFile[];
  readonly engines: Readonly<Record<EnginePart, readonly BuiltFile[]>>;
  readonly lazy: Readonly<Record<LazyPart, readonly BuiltFile[]>>;
}

export interface BuiltFile {
  /** Relative to the service worker's address. */
  readonly url: string;
  /** Null if the name itself changes with the content. */
  readonly revision: string | null;
  /** In the form of a request's `integrity`. */
  readonly integrity: string;
}

/** While open, a page holds a lock with this prefix and its script's address. */
export const pageLockPrefix = 'corral-page:';
