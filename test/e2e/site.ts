/** Sites that are not Corral's: each with its own server, name and pages. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserContext, chromium, firefox, test } from 'playwright/test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromiumOptions, locale } from '../../scripts/chromium-options.mjs';
import { firefoxOptions } from '../../scripts/firefox-options.mjs';
import { findBrowser } from '../../scripts/set-up/browser-places.mjs';
import { tellCores } from './cores.ts';

/** Playwright disables storage partitioning together with these: the last such argument counts. */
const keepsPartition = '--disable-features=MediaRouter,Translate,OptimizationHints,HttpsUpgrades';

interface Page {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
}

export class Site {
  readonly #pages: Record<string, Page> = {};
  #server: Server | null = null;
  #origin = '';

  /** `host` is a name of this machine: `127.0.0.1`, or any name ending in `.localhost`. */
  static async start(host: string): Promise<Site> {
    const site = new Site();
    const server = createServer((request, response) => {
      const page = site.#pages[new URL(request.url ?? '/', 'http://site').pathname];
      if (!page) return void response.writeHead(404).end();
      const headers = { 'Content-Type': page.type ?? 'text/html; charset=utf-8', ...page.headers };
      response.writeHead(200, headers).end(page.body);
    });
    // Every name of this machine leads here.
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    site.#origin = `http://${host}:${(server.address() as AddressInfo).port}`;
    site.#server = server;
    return site;
  }

  get origin(): string {
    return this.#origin;
  }

  /** Returns the page's address. */
  page(path: string, body: string, headers: Record<string, string> = {}): string {
    const start =
      '<!doctype html><html lang="en"><meta charset="utf-8" /><title>A site</title>' +
      '<link rel="icon" href="data:," />' +
      '<meta name="viewport" content="width=device-width" />';
    this.#pages[path] = { body: start + body, headers };
    return this.#origin + path;
  }

  script(path: string, body: string): string {
    this.#pages[path] = { body, type: 'text/javascript' };
    return this.#origin + path;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

/**
 * A browser with storage partitioned by site, as in real use. With `letsIn`, a frame of a visited site gets
 * access to its own storage after a click; without, access is refused, as in Chromium when it cannot ask.
 * Firefox always refuses.
 */
export async function openBrowser({
  letsIn,
  webGpu = false,
  serviceWorkers = 'allow',
}: {
  letsIn: boolean;
  webGpu?: boolean;
  serviceWorkers?: 'allow' | 'block';
}): Promise<{
  readonly context: BrowserContext;
  close(): Promise<void>;
}> {
  const profile = mkdtempSync(path.join(tmpdir(), 'corral-widget-'));
  const isFirefox = test.info().project.use.browserName === 'firefox';
  const context = await (isFirefox
    ? launchFirefox(profile, webGpu, serviceWorkers)
    : launchChromium(profile, webGpu, letsIn, serviceWorkers));
  await tellCores(context);
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

function launchChromium(
  profile: string,
  webGpu: boolean,
  letsIn: boolean,
  serviceWorkers: 'allow' | 'block',
): Promise<BrowserContext> {
  mkdirSync(path.join(profile, 'Default'));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  if (letsIn) {
    writeFileSync(path.join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  }
  const executablePath = findBrowser()?.executablePath;
  const options = chromiumOptions({
    webGpu,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const args = [...options.args, keepsPartition];
  return chromium.launchPersistentContext(profile, { ...options, args, locale, serviceWorkers });
}

function launchFirefox(
  profile: string,
  webGpu: boolean,
  serviceWorkers: 'allow' | 'block',
): Promise<BrowserContext> {
  const executablePath = findBrowser('firefox')?.executablePath;
  if (executablePath === undefined) throw new Error('there is no Firefox');
  const options = firefoxOptions({ executablePath, webGpu, reachesFrames: true });
  // Firefox counts as visible only what fits into its own window, which is lower than Playwright's usual page.
  const viewport = { width: 1280, height: 640 };
  return firefox.launchPersistentContext(profile, {
    ...options,
    locale,
    viewport,
    serviceWorkers,
  });
}
