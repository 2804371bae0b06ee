// An MLC folder from this device: the real WebLLM answers with it, and nothing is fetched.
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { type LargeCria, makeLargeCria } from './large-cria.ts';
import { expect, test } from './test.ts';

let cria: LargeCria;

test.beforeEach(async () => {
  cria = await makeLargeCria();
});
test.afterEach(() => cria.remove());

async function pickFolder(page: Page): Promise<App> {
  const app = await new App(page).open();
  await app.modelsButton.click();
  await app.models.getByText('Add a model of your own').click();
  const choosing = page.waitForEvent('filechooser');
  await app.models.getByRole('button', { name: 'Choose an MLC folder' }).click();
  await (await choosing).setFiles(cria.folder);
  return app;
}

test('answers with a folder from this device', async ({ page }) => {
  const app = await pickFolder(page);
  await expect(app.models.getByRole('radio', { name: /large-cria/ })).toBeChecked();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect((await app.ask('What is the capital of France?')).text).toHaveText('Paris.');
  // Scripts of the app may be fetched, but no model.
  expect(asked.filter((url) => /params_shard|tensor-cache|cria\.wasm/.test(url))).toEqual([]);
});

test('answers with a folder whose index has the older name', async ({ page }) => {
  await rename(join(cria.folder, 'tensor-cache.json'), join(cria.folder, 'ndarray-cache.json'));
  const app = await pickFolder(page);
  await expect(app.models.getByRole('radio', { name: /large-cria/ })).toBeChecked();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect((await app.ask('What is the capital of France?')).text).toHaveText('Paris.');
});

test('a folder without one of its shards gives an error', async ({ page }) => {
  await rm(join(cria.folder, 'params_shard_2.bin'));
  const app = await pickFolder(page);
  const alert = app.models.getByRole('alert');
  await expect(alert).toHaveAttribute('data-code', 'file-missing');
  await expect(alert).toContainText('params_shard_2.bin');
  await expect(app.models.getByRole('radio', { name: /large-cria/ })).toHaveCount(0);
});

test('a device with too little memory for 7B says so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 4 });
  });
  const app = await new App(page).open();
  await app.modelsButton.click();
  await app.showVariants();
  const seven = app.models.getByRole('radio', { name: /Llama 2 7B.*q4f32_1, 1k/ });
  await expect(seven).toBeDisabled();
  await expect(seven).toHaveAccessibleName(
    /needs \d\.\d GB of memory, and this device has about 4/,
  );
  // From the whole list.
  await expect(app.models).toContainText('Recommended: Qwen 2.5 1.5B');
  const best = app.models.getByRole('listitem', { name: 'Qwen 2.5 1.5B', exact: true });
  await expect(best).toContainText('Recommended for this device');
  await expect(best).toContainText('Chat, JSON and arithmetic');
  await expect(best.getByRole('button', { name: 'Add Qwen 2.5 1.5B' })).toBeEnabled();
});
