/** Corral installed in a Chromium with its own profile, and launched by Chromium as a system does. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, type CDPSession, chromium, expect, type Page } from 'playwright/test';
import { chromiumOptions, locale } from '../../scripts/chromium-options.mjs';
import { findBrowser } from '../../scripts/set-up/browser-places.mjs';
import { App } from './app.ts';
import { tellCores } from './cores.ts';

export class InstalledApp {
  private constructor(
    readonly session: CDPSession,
    private readonly context: BrowserContext,
    private readonly profile: string,
    private readonly url: string,
  ) {}

  /** Opens and installs the app; a private window, such as Playwright's usual contexts, cannot. */
  static async install(url: string): Promise<InstalledApp> {
    const profile = await mkdtemp(path.join(tmpdir(), 'corral-profile-'));
    const executablePath = findBrowser()?.executablePath;
    const options = chromiumOptions(executablePath === undefined ? {} : { executablePath });
    const context = await chromium.launchPersistentContext(profile, { ...options, locale });
    await tellCores(context);
    const page = await context.newPage();
    await (await new App(page).open(url)).isKept();
    const session = await context.newCDPSession(page);
    const app = new InstalledApp(session, context, profile, url);
    await app.#send('PWA.install', { installUrlOrBundleUrl: url });
    return app;
  }

  /** Returns the window that the system then shows: a new one, unless one is open. */
  async launch(address: string): Promise<App> {
    await this.#send('PWA.launch', { url: new URL(address, this.url).href });
    return this.#window();
  }

  async launchFiles(files: string[]): Promise<App> {
    await this.#send('PWA.launchFilesInApp', { files });
    return this.#window();
  }

  async closeWindow(): Promise<void> {
    await (await this.#window()).page.close();
  }

  async quit(): Promise<void> {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true });
  }

  /** Chromium may reuse an empty page for the app, so there is no event to wait for. */
  async #window(): Promise<App> {
    const find = () => this.context.pages().find((page) => page.url().startsWith(this.url));
    await expect.poll(find).toBeDefined();
    return new App(find() as Page);
  }

  async #send(
    method: 'PWA.install' | 'PWA.launch' | 'PWA.launchFilesInApp',
    parameters: object,
  ): Promise<void> {
    const browser = await this.context.browser()?.newBrowserCDPSession();
    const manifestId = new URL('/corral', this.url).href;
    await browser?.send(method, { manifestId, ...parameters } as never);
  }
}
