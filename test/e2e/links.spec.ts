// A link in an answer causes no connection before its reader confirms it, whatever is done to it.
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { FrameLocator, Locator, Page } from 'playwright/test';
import { App } from './app.ts';
import type { FaultProxy } from './fault-proxy.ts';
import { serveScriptedEngine } from './scripted-engine.ts';
import { openBrowser, Site } from './site.ts';
import { expect, test } from './test.ts';
import { WidgetFrame } from './widget-page.ts';

test.use({ serviceWorkers: 'allow' });

/** With a profile: only such a browser connects before a click. */
let browser: Awaited<ReturnType<typeof openBrowser>>;
let server: Server;
let connections = 0;
let host: string;
let corral: FaultProxy;
let site: Site;

test.beforeAll(async ({ baseURL }) => {
  server = createServer((socket) => {
    connections++;
    socket.on('error', () => {});
    socket.destroy(); // an unread response would keep the server open
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  corral = await serveScriptedEngine(baseURL ?? '', {
    links: `[a link](${host}/secret)\n\n${'More words.\n\n'.repeat(60)}${host}/bare`,
  });
  site = await Site.start('127.0.0.1');
  // The service worker would refuse the test's engine, which is not a file of the build.
  browser = await openBrowser({ letsIn: false, serviceWorkers: 'block' });
});
test.beforeEach(() => {
  connections = 0;
});
test.afterAll(async () => {
  await browser.close();
  await corral.close();
  await site.stop();
  await new Promise((resolve) => server.close(resolve));
});

async function middleOf(link: Locator): Promise<{ x: number; y: number }> {
  await link.scrollIntoViewIfNeeded();
  const box = await link.boundingBox();
  if (!box) throw new Error('The link is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Everything that people do to a link except opening it. If the dialog opens, it is closed again. */
async function handle(page: Page, link: Locator, dialog: Locator): Promise<void> {
  const close = async () => {
    if (await dialog.isVisible()) await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  const { x, y } = await middleOf(link);
  await link.hover();
  await link.focus();
  for (const button of ['left', 'middle', 'right'] as const) {
    await page.mouse.move(x, y);
    await page.mouse.down({ button });
    await page.mouse.move(x + 120, y + 60, { steps: 5 });
    await page.mouse.up({ button });
    await close();
  }
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.waitForTimeout(700);
  await page.mouse.move(1, 1);
  await page.mouse.up();
  await close();
  for (const button of ['left', 'middle'] as const) {
    await link.click({ button });
    await expect(dialog).toBeVisible();
    await close();
  }
  await link.press('Enter');
  await expect(dialog).toBeVisible();
  await close();
  await touch(page, x, y);
  await close();
}

/** A finger that scrolls from the link, and one that rests on it. */
async function touch(page: Page, x: number, y: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y: at }],
    });
  await send('touchStart', y);
  for (let step = 1; step <= 8; step++) await send('touchMove', y - step * 8);
  await send('touchEnd', y);
  await page.waitForTimeout(300);
  await send('touchStart', y);
  await page.waitForTimeout(900);
  await send('touchEnd', y);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: false });
  await session.detach();
}

/** A second is many times what a browser needs to connect to its own machine. */
async function expectNoConnection(page: Page): Promise<void> {
  await page.waitForTimeout(1000);
  expect(connections).toBe(0);
}

const dialogIn = (place: Page | FrameLocator) =>
  place.getByRole('dialog', { name: 'Open this link?' });

test('this browser would connect early to a link with an address', async () => {
  const page = await browser.context.newPage();
  await page.goto(site.page('/plain', `<p><a href="${host}/x">a link</a></p>`));
  const { x, y } = await middleOf(page.getByRole('link'));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await expect.poll(() => connections).toBeGreaterThan(0);
});

test('does not contact a link’s host before “Open” in the dialog', async () => {
  const page = await browser.context.newPage();
  const app = await new App(page).open(corral.url);
  const answer = await app.ask('links please');
  for (const name of ['a link', `${host}/bare`]) {
    const link = answer.text.getByRole('link', { name });
    await expect(link).not.toHaveAttribute('href');
    await handle(page, link, dialogIn(page));
  }
  await expectNoConnection(page);
  await answer.text.getByRole('link', { name: 'a link' }).press('Enter');
  await dialogIn(page).getByRole('link', { name: 'Open in a new tab' }).click();
  await expect.poll(() => connections).toBeGreaterThan(0);
});

test('does not contact it in the widget’s frame either', async () => {
  const page = await browser.context.newPage();
  await page.goto(
    site.page(
      '/widget',
      `<script type="module" src="${corral.url}widget.js"></script><corral-chat></corral-chat>`,
    ),
  );
  const widget = new WidgetFrame(page);
  await widget.isConnected();
  const answer = await widget.ask('links please');
  await handle(page, answer.text.getByRole('link', { name: 'a link' }), dialogIn(widget.frame));
  await expectNoConnection(page);
});
