/**
 * Journeys in WebKit: Playwright's runner without its browsers. All tests share one browser session and its tab, and
 * so the model that the first one downloads and loads, unless they ask for a session of their own.
 */
import { expect, test as base } from 'playwright/test';
import { findBrowser } from '../../scripts/set-up/browser-places.mjs';
import { WebKitDriver } from '../../scripts/webkit/driver.mjs';
import { WebKitPage } from '../../scripts/webkit/page.mjs';
import { WebKitSession } from '../../scripts/webkit/session.mjs';
import { StaticHost } from '../e2e/static-host.ts';
import { App } from './app.ts';

export { expect };
export { longTask } from './app.ts';
export { counts, shows } from './polls.ts';
export { answerTimeoutMs } from '../time-limits.ts';

class Browser {
  #driver: WebKitDriver | null = null;
  #session: WebKitSession | null = null;
  #page: WebKitPage | null = null;
  #isUntouched = true;

  async page(): Promise<WebKitPage> {
    this.#isUntouched = false;
    const program = findBrowser('webkit')?.executablePath ?? '';
    this.#driver ??= await WebKitDriver.start(program);
    this.#session ??= await WebKitSession.open(this.#driver);
    this.#page ??= await WebKitPage.current(this.#session);
    return this.#page;
  }

  /** Its storage is empty. */
  async newSessionPage(): Promise<WebKitPage> {
    if (!this.#isUntouched) await this.closeSession();
    return this.page();
  }

  /** The version that the running session names. */
  get version(): string {
    return this.#session?.version ?? '';
  }

  /** Where files are that pages have saved. */
  get downloads(): string {
    return this.#driver?.downloads ?? '';
  }

  async closeSession(): Promise<void> {
    await this.#session?.close();
    this.#session = null;
    this.#page = null;
  }

  stop(): void {
    this.#driver?.stop();
  }
}

interface TestFixtures {
  /** With separate, empty storage: `test.use({ isFresh: true })`. */
  readonly isFresh: boolean;
  /** Of the session, as large as on a desktop. */
  readonly tab: WebKitPage;
  /** The app in that tab, with a new chat; its model is loaded if a test before this one has used it there. */
  readonly app: App;
}

interface WorkerFixtures {
  readonly webkit: Browser;
  /** Serves the app, with its headers. */
  readonly host: StaticHost;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  isFresh: [false, { option: true }],

  webkit: [
    // eslint-disable-next-line no-empty-pattern -- how Playwright is told of no other fixture
    async ({}, use) => {
      const browser = new Browser();
      await use(browser);
      await browser.closeSession();
      browser.stop();
    },
    { scope: 'worker' },
  ],

  host: [
    // eslint-disable-next-line no-empty-pattern -- how Playwright is told of no other fixture
    async ({}, use) => {
      const host = await new StaticHost({ sendsHeaders: true }).start();
      await use(host);
      await host.stop();
    },
    { scope: 'worker' },
  ],

  tab: async ({ webkit, isFresh }, use, testInfo) => {
    const page = isFresh ? await webkit.newSessionPage() : await webkit.page();
    testInfo.annotations.push({ type: 'browser', description: `WebKitGTK ${webkit.version}` });
    await page.setViewportSize({ width: 1280, height: 844 });
    await use(page);
    if (testInfo.status !== testInfo.expectedStatus) {
      const body = await page.screenshot();
      await testInfo.attach('page', { body, contentType: 'image/png' });
    }
    expect(await page.uncaughtErrors()).toEqual([]);
  },

  app: async ({ tab, host }, use) => {
    await use(await new App(tab).start(host.url));
  },
});
