/** The profile of a visitor who has the built-in model; all else is taken out before each test. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  type Browser,
  type BrowserContext,
  expect,
  type LaunchOptions,
  type Page,
} from 'playwright/test';
import { App } from './app.ts';
import type { Cores } from './cores.ts';
import { type BuiltIn, ProfileFolder } from './profile-folder.ts';

/** A page of the app's origin on which nothing of the app runs. */
export const quietPage = 'third-party.txt';

export interface HomeOptions {
  readonly builtIn: BuiltIn;
  /** With all of them, in the set-up, the homes of other workers begin as this one ends. */
  readonly cores: Cores;
}

export class Home {
  #context: BrowserContext | null = null;
  #profile: ProfileFolder | null = null;
  #quietPage: Page | null = null;

  constructor(
    private readonly browser: Browser,
    private readonly launchOptions: LaunchOptions,
    private readonly options: HomeOptions,
  ) {}

  /** Without any page of the app open, as a visitor returns who has deleted all chats and settings. */
  async enter(): Promise<BrowserContext> {
    const context = (this.#context ??= await furnish(await this.#build()));
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    const quiet = await this.#openQuietPage(context);
    const others = context.pages().filter((other) => other !== quiet);
    await Promise.all(others.map((other) => other.close()));
    await forgetAllButWeights(quiet);
    // Playwright grants permissions for the addresses of open pages, and Firefox has none for the clipboard.
    if (!this.#profile) await this.#closeQuietPage();
    return context;
  }

  async #closeQuietPage(): Promise<void> {
    await this.#quietPage?.close();
    this.#quietPage = null;
  }

  /** It stays open from test to test: to open one takes half a second of a core. */
  async #openQuietPage(context: BrowserContext): Promise<Page> {
    const page = this.#quietPage ?? (await context.newPage());
    if (page === this.#quietPage) return page;
    await page.goto(`/${quietPage}`);
    page.on('crash', () => (this.#quietPage = null));
    return (this.#quietPage = page);
  }

  async close(): Promise<void> {
    if (this.#profile) await this.#profile.close({ leaves: this.options.cores === 'all' });
    else await this.#context?.close();
  }

  /** Of WebAssembly, as Chromium has stored it. */
  machineCodeBytes(): number {
    const folder = path.join(this.#profile?.folder ?? '', 'Default', 'Code Cache', 'wasm');
    if (!existsSync(folder)) return 0;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
  }

  async #build(): Promise<BrowserContext> {
    if (this.browser.browserType().name() !== 'chromium')
      return this.browser.newContext({ serviceWorkers: 'allow' });
    const options = { ...this.launchOptions, serviceWorkers: 'allow' } as const;
    this.#profile = await ProfileFolder.open(this.browser, options, this.options);
    return this.#profile.context;
  }
}

async function furnish(context: BrowserContext): Promise<BrowserContext> {
  const app = await new App(await context.newPage()).open();
  await expect(app.modelsButton).toHaveAccessibleName(/on this device/);
  const isAbsent = app.page.getByRole('button', { name: /^Models:.*not on this device yet/ });
  if (await isAbsent.isVisible()) await app.ask('What is the capital of France?');
  await app.isKept();
  return context;
}

async function forgetAllButWeights(page: Page): Promise<void> {
  await page.evaluate(async () => {
    localStorage.clear();
    const databases = await indexedDB.databases();
    const forgotten = databases.flatMap(({ name }) =>
      name === undefined || name === 'corral-weights' ? [] : [name],
    );
    await Promise.all(
      forgotten.map(
        (name) =>
          new Promise<void>((resolve, reject) => {
            // A page that was just closed may hold it a little longer: then this waits.
            const deleting = indexedDB.deleteDatabase(name);
            deleting.onsuccess = () => resolve();
            deleting.onerror = () => reject(new Error(`${name} stays`));
          }),
      ),
    );
  });
}
