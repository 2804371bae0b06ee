/** A page for each model, in which that stays loaded from test to test: see `testWith`. */
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  LaunchOptions,
} from 'playwright/test';
import { App } from './app.ts';
import { ProfileFolder } from './profile-folder.ts';

export type LoadedModel = 'SmolLM2 135M' | 'Cria';

export class LoadedPages {
  readonly #pages = new Map<LoadedModel, App>();
  #profile: ProfileFolder | null = null;

  constructor(
    private readonly browser: Browser,
    private readonly launchOptions: LaunchOptions,
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
    await this.#profile?.close();
  }

  async #load(model: LoadedModel): Promise<App> {
    const context = await this.#context(model);
    const app = await new App(await context.newPage()).open();
    await app.chooseModel(new RegExp(model));
    await app.loadModel();
    return app;
  }

  async #context(model: LoadedModel): Promise<BrowserContext> {
    const options = {
      ...this.options,
      // Whatever the page's first test says of its own.
      viewport: { width: 1280, height: 720 },
      colorScheme: null,
      serviceWorkers: 'allow',
    } as const;
    // What the set-up has left has only the built-in model.
    const hasProfile = model !== 'Cria' && this.browser.browserType().name() === 'chromium';
    if (!hasProfile) return this.browser.newContext(options);
    this.#profile = await ProfileFolder.open(this.browser, { ...this.launchOptions, ...options });
    return this.#profile.context;
  }
}
