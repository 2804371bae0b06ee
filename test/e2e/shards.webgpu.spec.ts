// Downloads of a model of many shards: failures are repaired, and nothing is downloaded twice.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { type FaultProxy, heldFile, onFile, startFaultProxy } from './fault-proxy.ts';
import {
  extraShards,
  folderPath,
  type LargeCria,
  makeLargeCria,
  shardBytes,
} from './large-cria.ts';
import { rot } from './rot.ts';
import { expect, test } from './test.ts';

const question = 'What is the capital of France?';
const patience = { timeout: 60_000 };
let cria: LargeCria;
let proxy: FaultProxy;

test.beforeAll(async () => {
  cria = await makeLargeCria();
});
test.afterAll(() => cria.remove());
test.beforeEach(async ({ baseURL }) => {
  proxy = await startFaultProxy(baseURL ?? '');
  proxy.fault = cria.served();
});
test.afterEach(() => proxy.close());

/** The requested ranges of each shard. */
const requestsOf = (shard: number) =>
  proxy.requests
    .filter(({ path }) => path === `${folderPath}params_shard_${shard}.bin`)
    .map(({ range }) => range);

/** Opens the app and adds the model by its address; the dialog stays open. */
async function added(page: Page): Promise<App> {
  const app = await new App(page).open(proxy.url);
  await app.modelsButton.click();
  await app.models.getByText('Add a model of your own').click();
  await app.models.getByLabel('Address of the file or folder').fill(folderPath);
  await app.models.getByLabel('Address of the library').fill(`${folderPath}cria.wasm`);
  await app.models.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(app.models.getByRole('radio', { name: 'large-cria' })).toBeChecked();
  return app;
}

const downloadOf = (app: App) => app.models.getByRole('button', { name: 'Download large-cria' });
const storedOf = (app: App) =>
  app.models.getByRole('status', { name: 'large-cria on this device' });

/** The model is stored completely, and the real WebLLM answers with it. */
async function answers(app: App) {
  await expect(storedOf(app)).toHaveText('On this device: 91 MB in 9 files', patience);
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect((await app.ask(question)).text).toHaveText('Paris.');
}

/** 12 MB of the last shard arrive and no more; all others are stored. */
async function stuckInTheLast(page: Page) {
  const shard = `params_shard_${extraShards}.bin`;
  const beginning = cria.beginning(extraShards, 12_000_000);
  const { fault, release } = heldFile(shard, shardBytes, beginning);
  proxy.fault = cria.served(fault);
  const app = await added(page);
  await downloadOf(app).click();
  await expect(app.progress).toHaveText('Downloading large-cria: 83 of 91 MB', patience);
  return { app, release };
}

/** Whole chunks of the last shard were stored, and none of the others was requested again. */
function expectOnlyTheRest() {
  expect(requestsOf(extraShards)).toEqual([undefined, 'bytes=8388608-']);
  for (let shard = 0; shard < extraShards; shard += 1) expect(requestsOf(shard)).toHaveLength(1);
}

test('a connection that is cut within a shard is resumed automatically', async ({ page }) => {
  const { app, release } = await stuckInTheLast(page);
  proxy.fault = cria.served();
  release();
  await answers(app);
  expectOnlyTheRest();
});

test('a download that goes offline says so, and resumes later', async ({ page, context }) => {
  const { app, release } = await stuckInTheLast(page);
  await context.setOffline(true);
  release();
  await expect(app.models.getByRole('alert')).toHaveAttribute('data-code', 'offline');
  await context.setOffline(false);
  proxy.fault = cria.served();
  await downloadOf(app).click();
  await answers(app);
  expectOnlyTheRest();
});

test('the next tab resumes the download of a crashed tab', async ({ page, context }) => {
  await stuckInTheLast(page);
  const crashed = page.waitForEvent('crash');
  await page.goto('chrome://crash').catch(() => {});
  await crashed;
  proxy.fault = cria.served();
  const app = await new App(await context.newPage()).open(proxy.url);
  await app.modelsButton.click();
  await downloadOf(app).click();
  await answers(app);
  expectOnlyTheRest();
});

test('a paused download keeps its data, and resumes', async ({ page }) => {
  const { app } = await stuckInTheLast(page);
  await app.models.getByRole('button', { name: 'Pause' }).click();
  await expect(app.progress).toContainText('paused');
  proxy.fault = cria.served();
  await app.models.getByRole('button', { name: 'Resume' }).click();
  await answers(app);
  expectOnlyTheRest();
});

test('the data of a cancelled download is listed, and can be deleted', async ({ page }) => {
  const { app } = await stuckInTheLast(page);
  await app.models.getByRole('button', { name: 'Cancel' }).click();
  // Three of the large shards, one chunk of the last, and Cria.
  await expect(storedOf(app)).toHaveText(/Partly on this device: 79 MB/);
  await app.models.getByRole('button', { name: 'Delete large-cria' }).click();
  await expect(storedOf(app)).toHaveCount(0);
  proxy.fault = cria.served();
  await downloadOf(app).click();
  await answers(app);
  expect([1, 2, 3].map((shard) => requestsOf(shard).length)).toEqual([2, 2, 2]);
});

test('two tabs download the same model once, and both show the progress', async ({
  page,
  context,
}) => {
  const { app, release } = await stuckInTheLast(page);
  const second = await new App(await context.newPage()).open(proxy.url);
  await second.modelsButton.click();
  await downloadOf(second).click();
  await expect(second.progress).toHaveText(/Downloading large-cria: \d+ of 91 MB/);
  proxy.fault = cria.served();
  release();
  await expect(storedOf(second)).toHaveText('On this device: 91 MB in 9 files', patience);
  await answers(app);
  expectOnlyTheRest();
});

test('a flipped byte in a stored shard is found, and only that shard is downloaded again', async ({
  page,
}) => {
  const app = await added(page);
  await downloadOf(app).click();
  await expect(storedOf(app)).toHaveText('On this device: 91 MB in 9 files', patience);
  await rot(page, 'params_shard_2.bin#00001');
  // A model need not be chosen to be managed.
  await app.models.getByRole('radio', { name: /SmolLM2/ }).check();
  await app.models.getByRole('button', { name: 'Check large-cria' }).click();
  await expect(storedOf(app)).toContainText('1 of 9 files was damaged', patience);
  await app.models.getByRole('button', { name: 'Repair large-cria' }).click();
  await answers(app);
  expect([0, 1, 2, 3, 4].map((shard) => requestsOf(shard).length)).toEqual([1, 1, 2, 1, 1]);
});

test('a sign-in page instead of a shard and a missing shard each give an error, and then it works', async ({
  page,
}) => {
  proxy.fault = cria.served(
    onFile('params_shard_3.bin', (response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>'),
    ),
  );
  const app = await added(page);
  const alert = app.models.getByRole('alert');
  await downloadOf(app).click();
  await expect(alert).toHaveAttribute('data-code', 'model-not-a-model', patience);

  proxy.fault = cria.served(
    onFile('params_shard_3.bin', (response) => response.writeHead(404).end()),
  );
  await downloadOf(app).click();
  await expect(alert).toHaveAttribute('data-code', 'download-failed', patience);
  await expect(alert).toContainText('404');

  proxy.fault = cria.served();
  await downloadOf(app).click();
  await answers(app);
});

test('no room for all shards', async ({ page, context }) => {
  const session = await context.newCDPSession(page);
  const origin = new URL(proxy.url).origin;
  // At once: Chromium remembers for a while how much room there was.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 50_000_000 });
  const app = await added(page);
  await downloadOf(app).click();
  await expect(app.models.getByRole('alert')).toHaveAttribute(
    'data-code',
    'storage-quota',
    patience,
  );
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await downloadOf(app).click();
  await answers(app);
});
