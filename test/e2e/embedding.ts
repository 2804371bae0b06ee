/** The environment of widget tests: sites of other origins, and a browser with storage partitioned by site. */
import type { BrowserContext } from 'playwright/test';
import { openBrowser, Site } from './site.ts';
import { test } from './test.ts';

export interface Embedding<Hosts extends readonly string[]> {
  /** The app's own address. */
  readonly corral: string;
  readonly context: BrowserContext;
  /** One for each host name. */
  readonly sites: { readonly [At in keyof Hosts]: Site };
}

/** They last for the file's tests; `use` gets them before the first. */
export function embedIn<const Hosts extends readonly string[]>(
  hosts: Hosts,
  use: (embedding: Embedding<Hosts>) => void,
): void {
  let end = async () => {};
  test.beforeAll(async ({ baseURL }) => {
    const sites: readonly Site[] = await Promise.all(hosts.map((host) => Site.start(host)));
    const browser = await openBrowser({ letsIn: false });
    end = async () => {
      await browser.close();
      await Promise.all(sites.map((site) => site.stop()));
    };
    use({
      corral: baseURL ?? '',
      context: browser.context,
      sites: sites as Embedding<Hosts>['sites'],
    });
  });
  test.afterAll(() => end());
}
