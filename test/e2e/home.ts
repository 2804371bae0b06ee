/** The profile of a visitor who has the built-in model; all else is taken out before each test. */
import type { Browser, BrowserContext, Page } from 'playwright/test';
import { App } from './app.ts';

/** A page of the app's origin on which nothing of the app runs. */
const quietPage = '/third-party.txt';

export class Home {
  #context: BrowserContext | null = null;

  constructor(private readonly browser: Browser) {}

  /** Without any page open, as a visitor returns who has deleted all chats and settings. */
  async enter(): Promise<BrowserContext> {
    const context = (this.#context ??= await furnish(this.browser));
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    const page = await context.newPage();
    await page.goto(quietPage);
    const others = context.pages().filter((other) => other !== page);
    await Promise.all(others.map((other) => other.close()));
    await forgetAllButWeights(page);
    await page.close();
    return context;
  }

  async close(): Promise<void> {
    await this.#context?.close();
  }
}

async function furnish(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext();
  const app = await new App(await context.newPage()).open();
  await app.ask('What is the capital of France?');
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
