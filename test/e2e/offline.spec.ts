// Without a network: the app opens from this device and answers, wherever it is hosted.
import { Buffer } from 'node:buffer';
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { chooseFiles } from './choose-files.ts';
import { dist, StaticHost } from './static-host.ts';
import { criaDist } from './test-builds.ts';
import { expect, test } from './test.ts';
import { threadsText } from './threads-text.ts';

test.use({ serviceWorkers: 'allow' });

const question = 'What is the capital of France?';

let host: StaticHost;
test.afterEach(() => host.stop());

/** Opens the app, lets it reload for the headers, and waits until it says that everything is stored. */
async function openAndKeep(page: Page): Promise<App> {
  const app = await new App(page).open(host.url);
  await page.waitForFunction(() => crossOriginIsolated);
  await app.isKept();
  return app;
}

for (const path of ['/', '/some/path/']) {
  for (const sendsHeaders of [true, false]) {
    const what = `under ${path} on a host ${sendsHeaders ? 'with' : 'without'} the headers`;
    // One of them with the model that is shipped: where the app is hosted is the same to all.
    const folder = path === '/' && sendsHeaders ? dist : criaDist;

    test(`answers with the server stopped, ${what}`, async ({ page, context, browserName }) => {
      host = await new StaticHost({ path, sendsHeaders }).start();
      host.folder = folder;
      const app = await openAndKeep(page);
      await expect((await app.ask(question)).text).toContainText('Paris');
      await host.stop();
      await page.close();
      const later = await new App(await context.newPage()).open(host.url);
      expect(await later.page.evaluate(() => crossOriginIsolated)).toBe(true);
      await expect(later.answers.last()).toContainText('Paris');
      await expect(later.modelsButton).toHaveAccessibleName(/SmolLM2 135M, on this device/);
      await later.page.getByRole('button', { name: 'New chat' }).click();
      await expect((await later.ask(question)).text).toContainText('Paris');
      await expect(later.modelsButton).toHaveAccessibleName(/ready/);
      await later.modelsButton.click();
      await expect(later.models).toContainText(threadsText('own', browserName === 'chromium'));
    });
  }
}

test('opens in Italian offline, although only English was shown before', async ({ browser }) => {
  host = await new StaticHost().start();
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await openAndKeep(page);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'languages', { get: () => ['it-IT'] });
  });
  await host.stop();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Messaggio' })).toBeVisible();
  await context.close();
});

test('a model’s requests bypass the service worker, whole or by range', async ({ page }) => {
  host = await new StaticHost().start();
  host.folder = criaDist;
  const app = await openAndKeep(page);
  await app.loadModel();
  const names = await page.evaluate(async () => {
    const kept = await Promise.all(
      (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
    );
    return kept.flat().map(({ url }) => url);
  });
  expect(names.filter((url) => url.includes('/models/'))).toEqual([]);
  // The other engine is not stored, since this device has no GPU for it.
  expect(names.filter((url) => url.includes('webllm'))).toEqual([]);
  const seen = host.requests.length;
  const statuses = await page.evaluate(async () => {
    const [page] = performance.getEntriesByType('resource');
    const answers = [
      await fetch('models/cria/resolve/main/mlc-chat-config.json', { cache: 'no-store' }),
      await fetch(page?.name ?? '', { cache: 'no-store', headers: { Range: 'bytes=0-3' } }),
    ];
    return answers.map(({ status }) => status);
  });
  expect(statuses).toEqual([200, 200]); // this host ignores ranges
  expect(host.requests.length).toBe(seen + 2);
});

test('lists what works offline, and disables downloads', async ({ page, context }) => {
  host = await new StaticHost().start();
  const app = await openAndKeep(page);
  const notice = page.getByRole('status').filter({ hasText: /^You are offline/ });
  await expect(notice).toHaveCount(0);
  await context.setOffline(true);
  await expect(notice).toHaveText('You are offline, and SmolLM2 135M is not on this device yet.');
  await app.modelsButton.click();
  const download = app.models.getByRole('button', { name: 'Download SmolLM2 135M' });
  await expect(download).toBeDisabled();
  await expect(download).toHaveAccessibleDescription('You are offline: this needs a connection.');
  await expect(app.card('SmolLM2 135M')).toContainText('not on this device yet');
  await app.models.getByText('Add a model of your own').click();
  await expect(app.models.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
  await expect(app.models.getByRole('button', { name: 'Choose a GGUF file' })).toBeEnabled();

  await context.setOffline(false);
  await expect(notice).toHaveCount(0);
  await download.click();
  await expect(app.card('SmolLM2 135M')).toContainText('ready offline', { timeout: 60_000 });
  await context.setOffline(true);
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect(notice).toHaveText(
    'You are offline. SmolLM2 135M is on this device: you can continue.',
  );
  await expect((await app.ask(question)).text).toContainText('Paris');
});

test('a browser without service workers works, and says that it needs a connection', async ({
  browser,
}) => {
  host = await new StaticHost({ sendsHeaders: true }).start();
  host.folder = criaDist;
  const context = await browser.newContext({ serviceWorkers: 'block', locale: 'en-GB' });
  const app = await new App(await context.newPage()).open(host.url);
  await expect((await app.ask(question)).text).toContainText('Paris');
  const dialog = await app.offlineDialog();
  await expect(dialog).toContainText('opens only online');
  await expect(dialog).toContainText('SmolLM2 135M: on this device, but its engine is not stored');
  await context.close();
});

test('documents are read without a network after the first visit', async ({ page }) => {
  host = await new StaticHost().start();
  const app = await openAndKeep(page);
  const kept = () =>
    page.evaluate(async () => {
      const all = await Promise.all(
        (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
      );
      return all.flat().filter(({ url }) => url.includes('/documents.worker-')).length;
    });
  const attach = (name: string) =>
    chooseFiles(page, () => page.getByRole('button', { name: 'Attach documents' }).click(), {
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from('Hay costs 7.'),
    });
  await expect.poll(kept).toBe(1);
  await host.stop();
  await page.reload();
  await expect(app.composer).toBeVisible();
  await attach('hay.txt');
  await expect(page.getByRole('button', { name: 'Open hay.txt' })).toBeVisible();
});
