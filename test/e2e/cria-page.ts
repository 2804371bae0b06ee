/**
 * `test` for what needs Cria but no first visit: all tests of a worker share one page, in which Cria is loaded.
 * Each begins in a new chat, with the model's own settings; one that fails ends the worker, and the page with it.
 */
import { App } from './app.ts';
import { Chats } from './chats.ts';
import { expect, test as base } from './test.ts';

export { expect };

export const test = base.extend<{ cria: App }>({
  context: ({ criaPage }, use) => use(criaPage.context()),
  page: ({ criaPage }, use) => use(criaPage),
  cria: async ({ page }, use) => {
    const app = new App(page);
    // A test that asked nothing leaves an empty chat, which is in no list.
    if ((await app.answers.count()) > 0) await new Chats(page).deleteShown();
    await use(app);
  },
});
