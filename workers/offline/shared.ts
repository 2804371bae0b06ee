/**
 * Content that another app shares with Corral. It is stored until the page that opens for it asks: a browser may end
 * this worker in between, and no page holds it open meanwhile.
 */
import type { Shared } from '../../src/protocol/offline';

/** The page shortens it further, and tells the visitor. */
const maxTextLength = 1_000_000;
const maxFiles = 100;

export class SharedContent {
  readonly #target: string;
  readonly #pageUrl: string;
  readonly #cacheName: string;
  /** Where there is no room to store it. */
  #inMemory: Response | null = null;

  /** `target` is the absolute address that takes a share, and `pageUrl` that of the page that opens for it. */
  constructor(target: string, pageUrl: string) {
    this.#target = target;
    this.#pageUrl = pageUrl;
    // Several Corrals may share an origin; each has an address of its own.
    this.#cacheName = `corral-shared:${target}`;
  }

  /** Stores the form, and redirects the browser to the page. */
  async receive(request: Request): Promise<Response> {
    // Before the redirect: after it the body may be gone.
    await this.#store(request).catch(() => {}); // a form that cannot be read shares nothing
    return Response.redirect(this.#pageUrl, 303);
  }

  /** Returns the content once; the next page that asks gets nothing. */
  async take(): Promise<Shared | null> {
    const form =
      this.#inMemory ?? (await caches.match(this.#target, { cacheName: this.#cacheName }));
    if (!form) return null;
    const shared = await read(form).catch(() => ({ text: '', files: [] }));
    await this.#forget();
    return shared;
  }

  /** As it came, since WebKit stores no response that is made of a form. */
  async #store(request: Request): Promise<void> {
    await this.#forget();
    const headers = { 'Content-Type': request.headers.get('Content-Type') ?? '' };
    const body = await request.blob();
    try {
      const cache = await caches.open(this.#cacheName);
      await cache.put(this.#target, new Response(body, { headers }));
    } catch {
      this.#inMemory = new Response(body, { headers });
    }
  }

  async #forget(): Promise<void> {
    this.#inMemory = null;
    await caches.delete(this.#cacheName).catch(() => false);
  }
}

async function read(posted: Response): Promise<Shared> {
  const form = await posted.formData();
  const texts = ['title', 'text', 'url']
    .map((name) => form.get(name))
    .filter((value) => typeof value === 'string' && value !== '');
  return {
    // Many apps repeat the address in the text.
    text: [...new Set(texts)].join('\n').slice(0, maxTextLength),
    files: form
      .getAll('files')
      .filter((value) => value instanceof File)
      .slice(0, maxFiles),
  };
}
