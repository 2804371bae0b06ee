/** A page for each model, in which that stays loaded from test to test: see `testWith`. */
import type { Browser, BrowserContextOptions } from 'playwright/test';
import { App } from './app.ts';

export type LoadedModel = 'SmolLM2 135M' | 'Cria';

export class LoadedPages {
  readonly #pages = new Map<LoadedModel, App>();

  constructor(
    private readonly browser: Browser,
    /** A page may be wanted before any test has begun, whose options would hold for it. */
    private readonly options: BrowserContextOptions,
  ) {}

  async of(model: LoadedModel): Promise<App> {
    const app = this.#pages.get(model) ?? (await this.#load(model));
    this.#pages.set(model, app);
    return app;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pages.values()].map(({ page }) => page.context().close()));
  }

  async #load(model: LoadedModel): Promise<App> {
    const context = await this.browser.newContext({
      ...this.options,
      // Whatever the page's first test says of its own.
      viewport: { width: 1280, height: 720 },
      colorScheme: null,
    });
    const app = await new App(await context.newPage()).open();
    await app.chooseModel(new RegExp(model));
    await app.loadModel();
    return app;
  }
}
