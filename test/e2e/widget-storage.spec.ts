// Weights stored once, not once for each site: the app's storage from a frame, a window that runs the engine,
// and refusals.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { openBrowser, Site } from './site.ts';
import { chromiumOnly, expect, test } from './test.ts';
import { asks, complete, WidgetFrame } from './widget-page.ts';

test.use({ builtIn: 'Cria' });

let site: Site;
let corral: string;

test.beforeAll(async ({ baseURL }) => {
  corral = baseURL ?? '';
  site = await Site.start('127.0.0.1');
});
test.afterAll(() => site.stop());

const page = (path: string, rest = '') =>
  site.page(
    path,
    `<script type="module">
      import '${corral}/widget.js';
      window.chat = document.querySelector('corral-chat');
    </script>
    <body><corral-chat ${rest} style="--corral-width: 28rem"></corral-chat></body>`,
  );

/** Requests for models from here on, by any page or worker. */
function downloads(of: Page): string[] {
  const fetched: string[] = [];
  of.context().on('request', (request) => {
    if (/\.(gguf|bin)$/.test(new URL(request.url()).pathname)) fetched.push(request.url());
  });
  return fetched;
}

const letsIn = chromiumOnly('Firefox lets a frame have its cookies, but not its models');

test(
  'uses the app’s models and list of sites after a click, where the browser allows it',
  letsIn,
  async () => {
    const browser = await openBrowser({ letsIn: true });
    const { context } = browser;
    const app = await new App(await context.newPage()).open(corral);
    await app.loadModel();

    const visitor = await context.newPage();
    const fetched = downloads(visitor);
    await visitor.goto(page('/lets-in'));
    const widget = new WidgetFrame(visitor);
    await widget.isConnected();
    // The browser partitions the frame's storage: nothing is stored, and nothing is fetched without asking.
    await expect(widget.frame.getByText(/downloads SmolLM2 135M .* for this site/)).toBeVisible();
    await widget.frame.getByRole('button', { name: 'Use the models of my Corral' }).click();
    await expect(widget.frame.getByText(/downloads SmolLM2 135M/)).toBeHidden({ timeout: 20_000 });
    const answer = await widget.ask('What is the capital of France?');
    await expect(answer.text).toContainText('Paris');
    expect(fetched).toEqual([]);

    // A permission given here is in the app's list, and can be revoked there.
    const allowed = complete(visitor, { ...asks('Hello'), max_tokens: 2 });
    await widget.allows();
    expect(await allowed).toMatchObject({ finish: 'length' });
    const { page: appPage } = app;
    await appPage.getByRole('button', { name: 'Settings' }).click();
    const settings = appPage.getByRole('dialog', { name: 'Settings' });
    await expect(
      settings
        .getByRole('listitem')
        .filter({ hasText: site.origin })
        .filter({ hasText: 'last used' }),
    ).toBeVisible();
    await settings.getByRole('button', { name: `Revoke the permission of ${site.origin}` }).click();
    await expect(settings).not.toContainText(site.origin);
    const again = complete(visitor, asks('Hello'));
    await widget.refuse.click();
    expect(await again).toEqual({ code: 'permission-denied' });
    await browser.close();
  },
);

test('keeps a permission only until the tab is closed if the app’s settings cannot list it', async () => {
  const browser = await openBrowser({ letsIn: false });
  const open = async () => {
    const visitor = await browser.context.newPage();
    await visitor.goto(page('/forgets'));
    const widget = new WidgetFrame(visitor);
    await widget.isConnected();
    return { visitor, widget };
  };
  const short = { ...asks('Hello'), max_tokens: 1 };
  const first = await open();
  const asked = complete(first.visitor, short);
  await first.widget.allows();
  expect(await asked).toMatchObject({ finish: 'length' });
  await first.visitor.reload();
  await first.widget.isConnected();
  expect(await complete(first.visitor, short)).toMatchObject({ finish: 'length' });
  const second = await open();
  const again = complete(second.visitor, short);
  await expect(second.widget.question).toContainText('ends when you close this tab');
  await second.widget.refuse.click();
  expect(await again).toEqual({ code: 'permission-denied' });
  await browser.close();
});

test('reports refused storage access, and offers a Corral window', async ({ browserName }) => {
  const browser = await openBrowser({ letsIn: false });
  const { context } = browser;
  const visitor = await context.newPage();
  await visitor.goto(page('/refuses'));
  const widget = new WidgetFrame(visitor);
  await widget.isConnected();
  const own = widget.frame.getByRole('button', { name: 'Use the models of my Corral' });
  if (browserName === 'firefox') {
    await expect(own).toBeHidden(); // it would give the frame cookies, and no models
  } else {
    await own.click();
    await expect(widget.frame.getByText('The browser did not allow it.')).toBeVisible();
  }

  const opening = context.waitForEvent('page');
  await widget.frame.getByRole('button', { name: 'Open Corral in a window' }).click();
  const opened = await opening;
  await expect(opened.getByText(`A chat on ${site.origin} uses this window’s model`)).toBeVisible({
    timeout: 30_000,
  });
  const answer = await widget.ask('What is the capital of France?');
  await expect(answer.text).toContainText('Paris');
  // The engine and the weights are the window's.
  expect(visitor.workers().filter((worker) => worker.url().includes('engine-'))).toEqual([]);
  const stored = await opened.evaluate(async () =>
    (await indexedDB.databases()).map(({ name }) => name),
  );
  expect(stored).toContain('corral-weights');

  await opened.close();
  await widget.frame.getByRole('button', { name: 'Options of this chat' }).click();
  await expect(widget.frame.getByText('The window was closed.')).toBeVisible();
  await browser.close();
});
