// From one version to the next: offered, never forced, and no conversation or draft is lost.
import type { Page } from 'playwright/test';
import { storingTimeoutMs } from '../time-limits.ts';
import { App } from './app.ts';
import { StaticHost } from './static-host.ts';
import { nextDist } from './test-builds.ts';
import { expect, runsInWorker, test } from './test.ts';

test.use({ serviceWorkers: 'allow' });

const longTask = 'Write a long story about a llama that lives on a farm.';

let host: StaticHost;
test.beforeEach(async () => {
  host = await new StaticHost({ path: '/corral/', sendsHeaders: true }).start();
});
test.afterEach(() => host.stop());

const updateNotice = (page: Page) => page.getByText('A new version is ready.');
/** The notice comes once the new version is stored. */
const offersUpdate = (page: Page) =>
  expect(updateNotice(page)).toBeVisible({ timeout: storingTimeoutMs });
const reload = (page: Page) =>
  page.getByRole('status', { name: 'Update' }).getByRole('button', { name: 'Reload' });
const versionOf = (page: Page) =>
  page.evaluate(() => (globalThis as { corralVersion?: string }).corralVersion ?? 'first');

async function open(page: Page): Promise<App> {
  const app = await new App(page).open(host.url);
  await app.isKept();
  return app;
}

test('a new version waits for the end of an answer, and for the visitor', async ({
  page,
  context,
}) => {
  const app = await open(page);
  await app.loadModel();
  await app.type(longTask);
  await app.current().streams();
  const loads: string[] = [];
  page.on('framenavigated', (frame) => loads.push(frame.url()));

  host.folder = nextDist;
  const other = await new App(await context.newPage()).open(host.url);
  await offersUpdate(other.page);
  await expect(app.current().article).toHaveAttribute('aria-busy', 'true');
  await expect(updateNotice(page)).toHaveCount(0);
  await app.stop.click();
  await app.current().ended();
  await expect(updateNotice(page)).toBeVisible();
  expect(loads).toEqual([]);

  await app.composer.fill('Half a thought');
  const written = (await app.current().text.textContent()) ?? '';
  await reload(page).click();
  await expect.poll(() => versionOf(page).catch(() => '')).toBe('next');
  await expect(app.composer).toHaveValue('Half a thought');
  await expect(app.current().text).toHaveText(written);
  await expect(updateNotice(page)).toHaveCount(0);
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
});

test(
  'a tab of the old version keeps the old files after another tab updated',
  runsInWorker,
  async ({ page, context }) => {
    const app = await open(page);
    await app.loadModel();
    host.folder = nextDist;
    const other = await new App(await context.newPage()).open(host.url);
    await reload(other.page).click();
    await expect.poll(() => versionOf(other.page).catch(() => '')).toBe('next');
    await other.isKept();

    // The server has only the new files, and the engine has to restart from its old script.
    expect(await versionOf(page)).toBe('first');
    const engine = () => page.workers().find((one) => one.url().includes('engine-wllama'));
    const oldScript = engine()?.url();
    await expect(async () => {
      void engine()
        ?.evaluate(() => self.close())
        .catch(() => {});
      expect(engine()).toBeUndefined();
    }).toPass();
    // The page learns of the worker's end a little later than the driver: an earlier question fails.
    await expect(app.modelsButton).toHaveAccessibleName(/on this device$/);
    host.requests.length = 0;
    await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
    expect(engine()?.url()).toBe(oldScript);
    expect(host.requests.filter((path) => path.includes('engine'))).toEqual([]);

    // The other page is informed too, and its next load is the new version. Then no file of the old version remains.
    await reload(page).click();
    await expect.poll(() => versionOf(page).catch(() => '')).toBe('next');
    const builds = () =>
      page.evaluate(
        async () => new Set((await caches.keys()).map((key) => key.split(':')[2])).size,
      );
    await expect.poll(builds).toBe(1);
  },
);

test('files that an engine overwrote never run, in any version', async ({ page, context }) => {
  const app = await open(page);
  const other = await open(await context.newPage());
  const isEngineKept = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().some(({ url }) => url.includes('engine-wllama'));
    });
  await expect.poll(isEngineKept).toBe(true);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const kept = await cache.match(request);
        const isScript = request.url.endsWith('.js');
        if (!kept || !(isScript || request.url.endsWith('.css'))) continue;
        const added = isScript ? 'caches.open("poison-ran");' : ':root { --poisoned: 1 }';
        await cache.put(request, new Response(added + (await kept.text()), kept));
      }
    }
  });
  host.folder = nextDist;
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await offersUpdate(other.page);
  await reload(other.page).click();
  await expect.poll(() => versionOf(other.page).catch(() => '')).toBe('next');
  await other.isKept();
  await expect((await other.ask('What is the capital of France?')).text).toContainText('Paris');
  const isPoisoned = () =>
    other.page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--poisoned'),
    );
  expect(await isPoisoned()).toBe('');

  // The old tab has not loaded its engine yet, and the host no longer has it: it comes in its built form, from
  // the browser's own HTTP cache, or not at all.
  const { article } = await app.ask('What is the capital of France?');
  await expect(article).toContainText(/Paris|Error code: engine-file-missing/);
  expect(await page.evaluate(() => caches.has('poison-ran'))).toBe(false);
});

test('a failed update leaves the old version working, also offline', async ({ page, context }) => {
  const app = await open(page);
  await app.loadModel();
  host.folder = nextDist;
  const spoilt = (file: string, body: Buffer) =>
    file.includes('download.worker') ? Buffer.from('<!doctype html>') : body;
  host.rewrite = spoilt;
  const updated = page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = new Promise((resolve) => {
      registration.onupdatefound = () => {
        const { installing } = registration;
        if (installing) installing.onstatechange = () => resolve(installing.state);
      };
    });
    await registration.update();
    return found;
  });
  expect(await updated).toBe('redundant');
  await expect(updateNotice(page)).toHaveCount(0);
  await host.stop();
  await page.close();
  const later = await new App(await context.newPage()).open(host.url);
  expect(await versionOf(later.page)).toBe('first');
  await expect((await later.ask('What is the capital of France?')).text).toContainText('Paris');

  // Once the host is complete again, the update comes.
  host.rewrite = null;
  await host.start();
  await later.page.reload();
  await offersUpdate(later.page);
  await reload(later.page).click();
  await expect.poll(() => versionOf(later.page).catch(() => '')).toBe('next');
});

test('no update is offered during the download of a model', async ({ page }) => {
  const app = await open(page);
  host.held = '.gguf';
  await app.modelsButton.click();
  await app.models.getByRole('button', { name: 'Download SmolLM2 135M' }).click();
  await expect(app.progress).toContainText('Downloading');
  host.folder = nextDist;
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await expect
    .poll(() => page.evaluate(async () => !!(await navigator.serviceWorker.ready).waiting))
    .toBe(true);
  await expect(updateNotice(page)).toHaveCount(0);
  await app.models.getByRole('button', { name: 'Cancel' }).click();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect(updateNotice(page)).toBeVisible();
});
