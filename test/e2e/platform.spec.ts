// Platform features that some browsers lack, hidden one by one: each is explained, or nothing is missing.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { chatOf, Chats } from './chats.ts';
import { criaDist } from './test-builds.ts';
import { openBrowser, Site } from './site.ts';
import { StaticHost } from './static-host.ts';
import { expect, test } from './test.ts';
import { WidgetFrame } from './widget-page.ts';

test.use({ serviceWorkers: 'allow', builtIn: 'Cria' });

/** The feature's value in a browser without it. */
function hide(page: Page, place: string, name: string) {
  return page.addInitScript(
    ([place, name]) => {
      const holder = place.split('.').reduce<object>((at, key) => Reflect.get(at, key), globalThis);
      Reflect.deleteProperty(holder, name);
      if (name in holder) Object.defineProperty(holder, name, { value: undefined });
    },
    [place, name] as const,
  );
}

test('a press beside a dialog closes it without `closedby`, and one that began inside does not', async ({
  page,
}) => {
  await hide(page, 'HTMLDialogElement.prototype', 'closedBy');
  await page.addInitScript(() => {
    new MutationObserver(() => {
      for (const one of document.querySelectorAll('dialog')) one.removeAttribute('closedby');
    }).observe(document, { childList: true, subtree: true });
  });
  await new App(page).open();
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('heading', { name: 'Settings' }).hover();
  await page.mouse.down();
  await page.mouse.move(5, 5);
  await page.mouse.up();
  await expect(settings).toBeVisible();
  await settings.click({ position: { x: 5, y: 5 } }); // its own edge
  await expect(settings).toBeVisible();
  await page.mouse.click(5, 5);
  await expect(settings).toBeHidden();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Chats', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Chats' });
  await expect(drawer).toBeVisible();
  await page.mouse.click(380, 400);
  await expect(drawer).toBeHidden();
});

test('a scroll event of a removed list, as in WebKit, causes no error', async ({ page }) => {
  const app = await new App(page).open();
  const chats = new Chats(page);
  await chats.imports([chatOf(['Hello', 'Good morning.'], { id: 'a' })]);
  await chats.link('Hello').click();
  await expect(app.answers).toHaveCount(1);
  const messages = await page.getByRole('region', { name: 'Conversation' }).elementHandle();
  const byDay = await page.getByRole('list', { name: 'Chats' }).elementHandle();
  await chats.newChat.click();
  await chats.search.fill('morning');
  const found = await page.getByRole('list', { name: 'Search chats' }).elementHandle();
  await chats.search.fill('');
  await expect(chats.link('Hello')).toBeVisible();
  for (const list of [messages, byDay, found]) {
    await expect.poll(() => list?.evaluate(({ isConnected }) => isConnected)).toBe(false);
    await list?.dispatchEvent('scroll');
  }
});

test('fields grow with their text without `field-sizing`', async ({ page }) => {
  await page.addInitScript(() => {
    const supports = CSS.supports.bind(CSS);
    CSS.supports = (...given: [string, string?]) =>
      given[0] !== 'field-sizing' && (supports as (...all: unknown[]) => boolean)(...given);
    addEventListener('DOMContentLoaded', () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('textarea { field-sizing: fixed !important }');
      document.adoptedStyleSheets = [sheet];
    });
  });
  const app = await new App(page).open();
  const height = () => app.composer.evaluate((field) => field.clientHeight);
  const fits = () => app.composer.evaluate((field) => field.scrollHeight <= field.clientHeight + 1);
  const low = await height();
  await app.composer.fill('one\ntwo\nthree\nfour');
  await expect.poll(height).toBeGreaterThan(low * 2);
  expect(await fits()).toBe(true);
  await app.composer.fill('word '.repeat(25));
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(fits).toBe(true);
  await app.composer.fill('');
  await expect.poll(height).toBe(low);
  await app.composer.fill('line\n'.repeat(60));
  await expect.poll(height).toBeGreaterThan(low * 4);
  expect(await height()).toBeLessThan(low * 8); // as high as it gets
});

test('chats without `navigator.storage`, locks, channels, sharing and idle callbacks', async ({
  page,
}) => {
  for (const name of ['storage', 'locks', 'share']) await hide(page, 'Navigator.prototype', name);
  for (const name of ['requestIdleCallback', 'launchQueue', 'CloseWatcher']) {
    await hide(page, 'globalThis', name);
  }
  const app = await new App(page).open();
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
  await page.reload();
  await expect(app.answers).toContainText('Paris');
});

test('does not offer the app’s models without storage access, and says so', async ({ baseURL }) => {
  const site = await Site.start('127.0.0.1');
  const browser = await openBrowser({ letsIn: false });
  const page = await browser.context.newPage();
  // As in browsers that grant cookies only, and do not read the other options.
  await page.addInitScript(() => {
    Document.prototype.requestStorageAccess = () => Promise.reject(new DOMException('refused'));
  });
  await page.goto(
    site.page(
      '/',
      `<script type="module" src="${baseURL}/widget.js"></script><corral-chat></corral-chat>`,
    ),
  );
  const { frame } = new WidgetFrame(page);
  await expect(frame.getByText('separates the data of each site')).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Open Corral in a window' })).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Use the models of my Corral' })).toHaveCount(0);
  await browser.close();
  await site.stop();
});

for (const [place, name, missing] of [
  ['globalThis', 'WebAssembly', 'WebAssembly'],
  ['globalThis', 'BigInt64Array', 'BigInt64Array'],
  ['HTMLScriptElement.prototype', 'noModule', 'JavaScript modules'],
  ['HTMLElement.prototype', 'popover', 'popover'],
  ['AbortSignal', 'any', 'AbortSignal.any'],
] as const) {
  test(`a browser without ${missing} gets a page that says what is needed`, async ({ page }) => {
    await hide(page, place, name);
    for (const address of ['/', '/embed.html']) {
      await page.goto(address);
      const heading = page.getByRole('heading', { name: 'This browser cannot run Corral' });
      await expect(heading).toBeVisible();
      await expect(page.getByText(`Missing here: ${missing}`)).toBeVisible();
      await expect(page.getByText('Safari 17.4')).toBeVisible();
      await expect(page.getByText('Lockdown Mode')).toHaveCount(name === 'WebAssembly' ? 1 : 0);
      await expect(page.getByRole('textbox')).toHaveCount(0);
    }
  });
}

test('a browser without WebAssembly SIMD gets that page too, in the visitor’s language', async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: 'it-IT' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await page.goto(test.info().project.use.baseURL ?? '');
  await expect(page.getByRole('heading')).toHaveText('Corral non può funzionare in questo browser');
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
  await context.close();
});

test('a page over http opens, says what needs https, and chats', async ({ playwright }) => {
  const host = await new StaticHost({ sendsHeaders: true }).start();
  host.folder = criaDist;
  const { launchOptions } = test.info().project.use;
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), '--host-resolver-rules=MAP corral.test localhost'],
  });
  const page = await browser.newPage({ locale: 'en-GB' });
  const app = await new App(page).open(host.url.replace('localhost', 'corral.test'));
  expect(await page.evaluate(() => [isSecureContext, 'randomUUID' in crypto])).toEqual([
    false,
    false,
  ]);
  await expect(page.getByText('This page was loaded over http://, not https://')).toBeVisible();
  await app.modelsButton.click();
  await expect(app.models).toContainText('browsers offer WebGPU only over https://');
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect(await app.offlineDialog()).toContainText('Browsers store only https:// pages');
  await page.keyboard.press('Escape');
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
  await page.reload();
  await expect(app.answers).toContainText('Paris');
  await browser.close();
  await host.stop();
});

test.describe('with an answer that takes its time', () => {
  test.use({ builtIn: 'SmolLM2' });

  test('after the browser closed a page with a model, the next page says why', async ({
    page,
    context,
  }) => {
    const startsAnEngine = async (app: App) => {
      await app.type('Write a long story about a llama that lives on a farm.');
      await app.current().streams();
      await app.stop.click();
      await app.current().ended();
    };
    // A page that is killed gets no event.
    await page.addInitScript(() => {
      const add = globalThis.addEventListener;
      globalThis.addEventListener = (type: string, ...rest: unknown[]) => {
        if (type !== 'pagehide') Reflect.apply(add, globalThis, [type, ...rest]);
      };
    });
    const app = await new App(page).open();
    const notice = page.getByText('The browser closed this page and reloaded it');
    await expect(notice).toHaveCount(0);
    await startsAnEngine(app);
    await page.reload();
    await expect(notice).toBeVisible();
    await page.getByRole('region', { name: 'This page' }).getByRole('button').click();
    await expect(notice).toHaveCount(0);

    // A page that ends normally leaves nothing to report.
    const other = await new App(await context.newPage()).open();
    await startsAnEngine(other);
    await other.page.reload();
    await expect(other.answers.last()).toBeVisible();
    await expect(other.page.getByText('The browser closed this page')).toHaveCount(0);
  });
});

test('says how each browser installs the app, and what Safari deletes', async ({ browser }) => {
  for (const [userAgent, words, isSafari] of [
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
      'Add to Home Screen',
      true,
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      'Firefox cannot install web apps on this system',
      false,
    ],
  ] as const) {
    const { baseURL } = test.info().project.use;
    const context = await browser.newContext({
      userAgent,
      locale: 'en-GB',
      ...(baseURL ? { baseURL } : {}),
    });
    const page = await context.newPage();
    await page.addInitScript(() => {
      // Chromium's own offer comes first, if there is one.
      addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation());
    });
    const dialog = await (await new App(page).open()).offlineDialog();
    await expect(dialog).toContainText(words);
    await expect(dialog.getByText('if you use Safari for seven days')).toHaveCount(
      isSafari ? 1 : 0,
    );
    await context.close();
  }
});
