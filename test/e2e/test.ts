/** Playwright's `test`, for which an error that nobody caught in a page is a failure, whatever the page shows. */
import { expect, type Page, test as base, type WebError } from 'playwright/test';
import { App } from './app.ts';
import { tellCores } from './cores.ts';
import { Home } from './home.ts';

export { expect };

interface OfATest {
  /** Of a first visit, or of a visitor who has the built-in model: that one costs no download. */
  readonly profile: 'new' | 'with-model';
  /** What the context's pages threw so far; a test that means a page to throw takes it out again. */
  readonly uncaughtErrors: string[];
}

interface OfAWorker {
  readonly home: Home;
  readonly criaPage: Page;
}

export const test = base.extend<OfATest, OfAWorker>({
  profile: ['new', { option: true }],
  home: [
    async ({ browser }, use) => {
      const home = new Home(browser);
      await use(home);
      await home.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ context, home, profile }, use) => {
    if (profile === 'new') await tellCores(context);
    await use(profile === 'new' ? context : await home.enter());
  },
  uncaughtErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      const keep = (error: WebError) => {
        const { message, stack } = error.error();
        // Firefox reports what the policy blocks in the same way, which tests mean, or Playwright does.
        if (stack?.startsWith('Content-Security-Policy: ')) return;
        errors.push(`${error.page()?.url()}: ${stack ?? message}`);
      };
      context.on('weberror', keep);
      await use(errors);
      context.off('weberror', keep);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  /**
   * One page for every test that only needs Cria to be there, stored and chosen. It stands with the worker and
   * not with its tests, so that files take turns in one browser; see `cria-page.ts`.
   */
  criaPage: [
    async ({ browser }, use, { project }) => {
      const { baseURL, locale } = project.use;
      const context = await browser.newContext({
        ...(baseURL === undefined ? {} : { baseURL }),
        ...(locale === undefined ? {} : { locale }),
      });
      const page = await context.newPage();
      const app = await new App(page).open();
      await app.chooseModel(/Cria/);
      await app.loadModel();
      await use(page);
      await context.close();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});

/** The projects of other browsers leave out what has it. */
export const chromiumTag = '@chromium';

/** For a test's details: it runs in Chromium alone, because of what the reason says of other browsers. */
export function chromiumOnly(reason: string) {
  return { tag: chromiumTag, annotation: { type: 'Chromium only', description: reason } };
}

/** Over BiDi, Playwright lists workers, but runs nothing in them. */
export const runsInWorker = chromiumOnly('Playwright runs nothing in a worker of Firefox');
