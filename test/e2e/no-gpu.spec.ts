import { App } from './app.ts';
import { chromiumOnly, expect, test } from './test.ts';

test.use({ profile: 'with-model' });

test('a browser without a GPU adapter works, and the app explains it', async ({ page }) => {
  const app = await new App(page).open();
  expect(await page.evaluate(() => navigator.gpu?.requestAdapter() ?? null)).toBeNull();
  await app.modelsButton.click();
  await expect(app.models).toContainText(
    'This browser supports WebGPU but finds no usable graphics chip',
  );
  for (const radio of await app.models.getByRole('radio', { name: /Llama 2/ }).all()) {
    await expect(radio).toBeDisabled();
  }
  await expect(app.models.getByRole('radio', { name: /SmolLM2/ })).toBeChecked();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
});

test('a browser without WebGPU at all', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });
  });
  const app = await new App(page).open();
  await app.modelsButton.click();
  await expect(app.models).toContainText('This browser has no WebGPU');
});

test(
  'keeps the engine’s compiled code for the next start, despite the service worker',
  chromiumOnly('Playwright opens no folder of Firefox'),
  async ({ page, home }) => {
    const app = await new App(page).open();
    await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
    // Chromium writes it some seconds after the last part was compiled.
    await expect.poll(() => home.machineCodeBytes()).toBeGreaterThan(500_000);
    const engine = await page.evaluate(async () => {
      const url =
        performance.getEntriesByType('resource').find(({ name }) => /wllama.*\.wasm$/.test(name))
          ?.name ?? '';
      const { headers } = await fetch(url);
      const [entry] = performance.getEntriesByName(url).slice(-1) as PerformanceResourceTiming[];
      return { isByWorker: (entry?.workerStart ?? 0) > 0, hasTag: headers.has('ETag') };
    });
    // The server's own tag: it is the response that the browser has, and no copy of it.
    expect(engine).toEqual({ isByWorker: true, hasTag: true });
  },
);
