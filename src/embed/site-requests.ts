/** A site's requests to the model; the code loads with the first request, since most sites never send one. */
import { AppError } from '../protocol/errors';
import type { CompletionParams } from '../protocol/widget';
import type { SiteCompletions, SiteCompletionsOptions } from '../stores/embed/site-completions';

export class SiteRequests {
  readonly #options: SiteCompletionsOptions;
  #completions: Promise<SiteCompletions> | null = null;

  constructor(options: SiteCompletionsOptions) {
    this.#options = options;
  }

  complete(id: number, params: CompletionParams | null): void {
    const { post, describe } = this.#options;
    this.#completions ??= load(this.#options);
    this.#completions.then(
      (completions) => completions.complete(id, params),
      () => {
        this.#completions = null;
        post({ type: 'failed', id, error: describe(new AppError('engine-file-missing')) });
      },
    );
  }

  abort(id: number): void {
    this.#completions?.then((completions) => completions.abort(id)).catch(() => {});
  }

  /** The visitor has revoked the permission. */
  revoke(): void {
    this.#completions?.then((completions) => completions.revoke()).catch(() => {});
  }
}

async function load(options: SiteCompletionsOptions): Promise<SiteCompletions> {
  const { SiteCompletions } = await import('../stores/embed/site-completions');
  return new SiteCompletions(options);
}
