/** Playwright's `test`, which also fails for any uncaught error in a page. */
import { expect, test as base, type WebError } from 'playwright/test';
import { App } from './app.ts';
import { Chats } from './chats.ts';
import { criaUrl } from './test-builds.ts';
import { type Cores, tellCores } from './cores.ts';
import { Home } from './home.ts';
import { type LoadedModel, LoadedPages } from './loaded-pages.ts';
import type { BuiltIn } from './profile-folder.ts';

export { expect };

export interface OfATest {
  /** Of a first visit, or of a visitor who has the built-in model: that one costs no download. */
  readonly profile: 'new' | 'with-model';
  /** Which model the app has built in: answers of Cria's take a tenth of the time, where no sense is needed. */
  readonly builtIn: BuiltIn;
  /** Of that visitor. */
  readonly home: Home;
  /** The errors of the context's pages so far; a test that expects one removes it. */
  readonly uncaughtErrors: string[];
}

export interface OfAWorker {
  /** How many cores its pages see: its part of them, or all. */
  readonly cores: Cores;
  readonly homes: Readonly<Record<BuiltIn, Home>>;
  readonly loadedPages: LoadedPages;
}

/** The beginning of Firefox's messages about blocked content. */
const blockedContent =
  /^(?:Content-Security-Policy: |Security Error: Content at |downloadable font: )/;

export const test = base.extend<OfATest, OfAWorker>({
  profile: ['new', { option: true }],
  builtIn: ['SmolLM2', { option: true }],
  baseURL: async ({ baseURL, builtIn }, use) => {
    await use(builtIn === 'Cria' ? criaUrl() : baseURL);
  },
  cores: ['own', { option: true, scope: 'worker' }],
  browser: [
    async ({ browser, cores }, use) => {
      const newContext = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await newContext(options);
        await tellCores(context, cores);
        return context;
      };
      await use(browser);
    },
    { scope: 'worker' },
  ],
  homes: [
    async ({ browser, cores }, use, { project }) => {
      const home = (builtIn: BuiltIn) =>
        new Home(browser, project.use.launchOptions ?? {}, { builtIn, cores });
      const homes = { SmolLM2: home('SmolLM2'), Cria: home('Cria') };
      await use(homes);
      for (const one of Object.values(homes)) await one.close();
    },
    { scope: 'worker' },
  ],
  home: async ({ homes, builtIn }, use) => {
    await use(homes[builtIn]);
  },
  context: async ({ context, home, profile }, use) => {
    await use(profile === 'new' ? context : await home.enter());
  },
  uncaughtErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      const keep = (error: WebError) => {
        const { message, stack } = error.error();
        // Firefox reports blocked content as an error too, which some tests, or Playwright, cause on purpose.
        if (blockedContent.test(stack ?? '')) return;
        errors.push(`${error.page()?.url()}: ${stack ?? message}`);
      };
      context.on('weberror', keep);
      await use(errors);
      context.off('weberror', keep);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  // They belong to the worker and not to its tests, so that files take turns in one browser.
  loadedPages: [
    async ({ browser }, use, { project }) => {
      const { baseURL, launchOptions, locale } = project.use;
      const pages = new LoadedPages(browser, launchOptions ?? {}, {
        ...(baseURL === undefined ? {} : { baseURL }),
        ...(locale === undefined ? {} : { locale }),
      });
      await use(pages);
      await pages.close();
    },
    { scope: 'worker' },
  ],
});

/**
 * For tests that need a model but no first visit: all tests of a worker that name the model share one page in
 * which it is loaded. Each begins in a new chat with the model's own settings and no other chats, and leaves no
 * dialog open; a failing test ends the worker and the page.
 */
export function testWith(model: LoadedModel) {
  return test.extend<{ app: App }>({
    builtIn: model === 'Cria on the CPU' ? 'Cria' : 'SmolLM2',
    context: async ({ loadedPages }, use) => {
      const { page } = await loadedPages.of(model);
      await use(page.context());
    },
    page: async ({ loadedPages }, use) => use((await loadedPages.of(model)).page),
    app: [
      async ({ page }, use) => {
        // Fails if the test before has left something open.
        await new Chats(page).deleteAll();
        await use(new App(page));
        // A blinking caret is drawn for as long as the worker lives: a hundredth of a core for each page.
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      },
      { timeout: 60_000 },
    ],
  });
}

/** The projects of other browsers leave out what has it. */
export const chromiumTag = '@chromium';

/** For a test's details: it runs only in Chromium, for the given reason. */
export function chromiumOnly(reason: string) {
  return { tag: chromiumTag, annotation: { type: 'Chromium only', description: reason } };
}

/** Over BiDi, Playwright lists workers but cannot run code in them. */
export const runsInWorker = chromiumOnly('Playwright runs nothing in a worker of Firefox');
