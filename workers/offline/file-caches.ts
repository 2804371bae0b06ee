/**
 * Caches the app's files for use without a network. Each part of a build has its own cache, so that a build stays
 * complete until no page uses it. Every file is checked against its hash when it arrives and whenever it is read. The
 * hashes are in this script, which no page and no worker can write.
 */
import { PrecacheController } from 'workbox-precaching';
import {
  type BuiltFiles,
  type EnginePart,
  engineParts,
  type LazyPart,
  lazyParts,
  pageLockPrefix,
  type RequestedPart,
} from '../../src/protocol/offline';
import { checked } from './checked';

declare const self: ServiceWorkerGlobalScope;

type Part = 'app' | EnginePart | LazyPart;

/** Several Corral sites may share an origin, each in its own folder. */
const prefix = `corral:${new URL(self.registration.scope).pathname}:`;
/** The folder of files whose names change with their content. */
const assets = new URL('assets/', self.registration.scope).href;

/** The maximum time until the browser's own cache begins its answer. */
const browserCacheTimeoutMs = 3000;

/**
 * A host that was only partly updated may have sent a wrong file that may be cached for a year. So the browser's own
 * cache must revalidate it.
 */
const revalidate = {
  requestWillFetch: ({ request }: { request: Request }) =>
    Promise.resolve(new Request(request, { cache: 'no-cache' })),
};

export class FileCaches {
  /** The hashes of this build's files, by address. */
  readonly integrities: Readonly<Record<string, string>>;
  readonly #build: string;
  readonly #controllers: ReadonlyMap<Part, PrecacheController>;

  constructor({ build, app, engines, lazy }: BuiltFiles) {
    this.#build = build;
    const parts: readonly Part[] = ['app', ...engineParts, ...lazyParts];
    const files = { app, ...engines, ...lazy };
    this.#controllers = new Map(
      parts.map((part) => {
        const controller = new PrecacheController({
          cacheName: this.#cacheName(part),
          plugins: [revalidate, { cachedResponseWillBeUsed: (kept) => this.#check(part, kept) }],
        });
        controller.addToCacheList([...files[part]]);
        return [part, controller];
      }),
    );
    const { scope } = self.registration;
    const all = Object.values(files).flat();
    this.integrities = Object.fromEntries(
      all.map(({ url, integrity }) => [new URL(url, scope).href, integrity]),
    );
  }

  /** Fetches the app, and the engine parts that an earlier build had stored. Rejects unless all of it arrives. */
  async install(event: ExtendableEvent): Promise<void> {
    const names = await caches.keys();
    const wasStored = (part: Part) =>
      names.some((name) => name.startsWith(prefix) && name.endsWith(`:${part}`));
    for (const [part, controller] of this.#controllers) {
      if (part !== 'app' && !wasStored(part)) continue;
      await this.#copyUnchanged(part, controller);
      if (!(lazyParts as readonly Part[]).includes(part)) await controller.install(event);
    }
  }

  /** Fetches the missing files of these parts; returns the engine parts that are complete. */
  async storeParts(parts: readonly RequestedPart[], event: ExtendableEvent): Promise<EnginePart[]> {
    for (const part of parts) {
      const urls = this.#controllers.get(part)?.getURLsToCacheKeys() ?? [];
      const cacheName = this.#cacheName(part);
      const missing = async ([url, cacheKey]: [string, string]) =>
        (await findIn(cacheName, cacheKey)) ?? this.#answer(part, url, event);
      // A file that cannot be fetched now is fetched at its first use, or the next time.
      await Promise.allSettled([...urls].map(missing));
    }
    const whole = await Promise.all(engineParts.map((part) => this.#isWhole(part)));
    return engineParts.filter((_, index) => whole[index]);
  }

  /** True for the files of this build, and for files that only an earlier build may have. */
  has(url: URL): boolean {
    return this.#partOf(url) !== undefined || url.href.startsWith(assets);
  }

  /**
   * Answers from the caches of this build, those of an earlier build, or the network. Rejects if all of them fail; a
   * file with another hash counts as a failure. `integrityOf` returns the hash of a file of an earlier build, if it is
   * known.
   */
  async answer(
    url: URL,
    event: FetchEvent,
    integrityOf: (url: string) => Promise<string | undefined>,
  ): Promise<Response> {
    const part = this.#partOf(url);
    const { request } = event;
    if (part === undefined) return (await this.#earlier(url.href, integrityOf)) ?? fetch(request);
    const file = plain(url);
    return this.#answer(part, file, event).catch(() => {
      // The host sends the page of its current version, which names the files of that version.
      if (request.mode === 'navigate') return fetch(request);
      // There may be no room to store it.
      return fetch(file, { cache: 'no-cache', integrity: this.integrities[file]! });
    });
  }

  /**
   * This build's WebAssembly from the browser's own cache, checked by the browser. A browser stores the compiled
   * machine code only for such a response, not for one that is made here. Null for any other file, if the browser's
   * cache does not have it, or if it is not stored here yet.
   */
  async withMachineCode(url: URL): Promise<Response | null> {
    if (!url.pathname.endsWith('.wasm')) return null;
    const file = plain(url);
    const part = this.#partOf(url);
    const integrity = this.integrities[file];
    if (part === undefined || integrity === undefined) return null;
    const isStored = await findIn(this.#cacheName(part), file);
    // Never asks the network.
    if (!isStored) return null;
    // A browser waits for a cache entry that is still being written.
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), browserCacheTimeoutMs);
    const { signal } = timeout;
    const options = { mode: 'same-origin', cache: 'only-if-cached', integrity, signal } as const;
    return fetch(file, options)
      .catch(() => null)
      .finally(() => clearTimeout(timer));
  }

  /** Deletes the builds before this one that no open page uses. */
  async deleteOldBuilds(): Promise<void> {
    const { installing, waiting } = self.registration;
    if (installing || waiting) return; // their caches are still in use
    const { held = [] } = await navigator.locks.query();
    const scripts = held
      .map(({ name = '' }) => name)
      .filter((name) => name.startsWith(pageLockPrefix))
      .map((name) => name.slice(pageLockPrefix.length));
    for (const name of await caches.keys()) {
      if (!name.startsWith(prefix)) continue;
      const build = name.slice(prefix.length).split(':')[0] ?? '';
      if (build !== this.#build && !(await isInUse(build, scripts))) await caches.delete(name);
    }
  }

  #cacheName(part: Part): string {
    return cacheName(this.#build, part);
  }

  #partOf(url: URL): Part | undefined {
    const file = plain(url);
    for (const [part, controller] of this.#controllers) {
      if (controller.getCacheKeyForURL(file) !== undefined) return part;
    }
    return undefined;
  }

  /** Workbox stores what it had to fetch, if the hash is right. */
  async #answer(part: Part, url: string, event: ExtendableEvent): Promise<Response> {
    const controller = this.#controllers.get(part);
    const cacheKey = controller?.getCacheKeyForURL(url);
    if (!controller || cacheKey === undefined) throw new TypeError(`no file of this build: ${url}`);
    const integrity = controller.getIntegrityForCacheKey(cacheKey);
    const params = { cacheKey, ...(integrity === undefined ? {} : { integrity }) };
    return controller.strategy.handle({ event, request: new Request(url), params });
  }

  /** Returns nothing for a file with a wrong hash, so that Workbox fetches it again. */
  async #check(
    part: Part,
    { cachedResponse, request }: { cachedResponse?: Response | undefined; request: Request },
  ): Promise<Response | null> {
    const integrity = this.#controllers.get(part)?.getIntegrityForCacheKey(request.url);
    if (!cachedResponse || integrity === undefined) return null;
    return checked(cachedResponse, request.url, integrity);
  }

  async #earlier(
    url: string,
    integrityOf: (url: string) => Promise<string | undefined>,
  ): Promise<Response | null> {
    const kept = await caches.match(url);
    const integrity = kept && (await integrityOf(url));
    return kept && integrity !== undefined ? checked(kept, url, integrity) : null;
  }

  async #isWhole(part: EnginePart): Promise<boolean> {
    const keys = [...(this.#controllers.get(part)?.getURLsToCacheKeys().values() ?? [])];
    const found = await Promise.all(keys.map((key) => findIn(this.#cacheName(part), key)));
    return found.every((response) => response !== undefined);
  }

  /** A file whose name changes with its content need not be fetched again. */
  async #copyUnchanged(part: Part, controller: PrecacheController): Promise<void> {
    const cache = await caches.open(this.#cacheName(part));
    for (const [url, cacheKey] of controller.getURLsToCacheKeys()) {
      const kept = url === cacheKey ? await caches.match(url) : undefined;
      const same = kept && (await checked(kept, url, this.integrities[url] ?? ''));
      if (same) await cache.put(url, same);
    }
  }
}

/** Opening a cache would create it, and the existence of a cache means that its part is wanted. */
const findIn = (cacheName: string, key: string) => caches.match(key, { cacheName });

const cacheName = (build: string, part: Part) => `${prefix}${build}:${part}`;

async function isInUse(build: string, scripts: readonly string[]): Promise<boolean> {
  const found = await Promise.all(scripts.map((script) => findIn(cacheName(build, 'app'), script)));
  return found.some((response) => response !== undefined);
}

/** `./index.html` is the page too. Only the page reads what a link or a launch adds to the address. */
function plain(url: URL): string {
  const page = new URL(self.registration.scope);
  const isPage = [page.pathname, `${page.pathname}index.html`].includes(url.pathname);
  return isPage ? page.href : url.origin + url.pathname;
}
