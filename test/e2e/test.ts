/** Playwright's `test`, for which an error that nobody caught in a page is a failure, whatever the page shows. */
import { expect, type Page, test as base, type WebError } from 'playwright/test';
import { App } from './app.ts';

export { expect };

interface OfATest {
  uncaughtErrors: string[];
}
interface OfAWorker {
  criaPage: Page;
}

export const test = base.extend<OfATest, OfAWorker>({
  /** What the context's pages threw so far; a test that means a page to throw takes it out again. */
  uncaughtErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      const note = (error: WebError) => {
        const { message, stack } = error.error();
        errors.push(`${error.page()?.url()}: ${stack ?? message}`);
      };
      context.on('weberror', note);
      await use(errors);
      context.off('weberror', note);
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
