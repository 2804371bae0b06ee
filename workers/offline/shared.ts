/** Content that another app shares with Corral: held in memory until the page that opens for it asks. */
import type { Shared } from '../../src/protocol/offline';

/** The page shortens it further, and says so. */
const maxTextLength = 1_000_000;
const maxFiles = 100;

export class SharedContent {
  #shared: Promise<Shared> | null = null;

  /** Reads the form, and redirects the browser to the page. */
  receive(request: Request, pageUrl: string): Response {
    // A form that cannot be read shares nothing.
    this.#shared = read(request).catch(() => ({ text: '', files: [] }));
    return Response.redirect(pageUrl, 303);
  }

  /** Once: the next page that asks gets nothing. */
  async take(): Promise<Shared | null> {
    const shared = this.#shared;
    this.#shared = null;
    return shared;
  }
}

async function read(request: Request): Promise<Shared> {
  const form = await request.formData();
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
