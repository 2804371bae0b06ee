import { App } from './app.ts';
import { expect, test } from './test.ts';

test.use({ profile: 'with-model' });

test('a browser without a GPU adapter is a normal state, and explained', async ({ page }) => {
  const app = await new App(page).open();
  expect(await page.evaluate(() => navigator.gpu?.requestAdapter() ?? null)).toBeNull();
  await app.modelsButton.click();
  await expect(app.models).toContainText(
    'This browser knows WebGPU but finds no usable graphics chip',
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
