/** A page for each model, in which that stays loaded from test to test: see `testWith`. */
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  LaunchOptions,
} from 'playwright/test';
import { App } from './app.ts';
import { criaUrl } from './test-builds.ts';
import { ProfileFolder } from './profile-folder.ts';

/** Cria is on the GPU where it is chosen, and on the CPU in the built-in model's place. */
export type LoadedModel = 'SmolLM2 135M' | 'Cria' | 'Cria on the CPU';

export class LoadedPages {
  readonly #pages = new Map<LoadedModel, App>();
  readonly #profiles: ProfileFolder[] = [];

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
    await Promise.all(this.#profiles.map((profile) => profile.close()));
  }

  async #load(model: LoadedModel): Promise<App> {
    const context = await this.#context(model);
    const app = await new App(await context.newPage()).open();
    await app.chooseModel(model === 'Cria' ? /Cria/ : /SmolLM2 135M/);
    await app.loadModel();
    return app;
  }

  async #context(model: LoadedModel): Promise<BrowserContext> {
    const options = {
      ...this.options,
      ...(model === 'Cria on the CPU' ? { baseURL: criaUrl() } : {}),
      // Also if the page's first test sets its own.
      viewport: { width: 1280, height: 720 },
      colorScheme: null,
      serviceWorkers: 'allow',
    } as const;
    // What the set-up has left has only the built-in model.
    const hasProfile = model !== 'Cria' && this.browser.browserType().name() === 'chromium';
    if (!hasProfile) return this.browser.newContext(options);
    const profile = await ProfileFolder.open(
      this.browser,
      { ...this.launchOptions, ...options },
      { builtIn: model === 'Cria on the CPU' ? 'Cria' : 'SmolLM2' },
    );
    this.#profiles.push(profile);
    return profile.context;
  }
}
