// The offers to a first-time visitor with a GPU.
import { App } from './app.ts';
import { expect, test } from './test.ts';

test('offers Llama 2 7B: first its terms, then a download that can be cancelled', async ({
  page,
}) => {
  await page.context().route(/huggingface\.co|githubusercontent\.com/, () => {}); // never answers
  const app = await new App(page).open();
  await page.getByRole('button', { name: /^Get Llama 2 7B Chat \(\d\.\d GB\)$/ }).click();
  const terms = page.getByRole('dialog', { name: 'Llama 2 Community License' });
  await expect(terms).toBeVisible();
  await terms.getByRole('button', { name: 'Accept' }).click();
  await expect(app.progress).toContainText('Downloading Llama 2 7B Chat');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.progress).toHaveCount(0);
  await expect(app.modelsButton).toHaveAccessibleName(/Llama 2 7B.*not on this device yet/);
});

test('downloads nothing of Llama 2 before its terms are accepted', async ({ page }) => {
  const asked: string[] = [];
  await page.context().route(/huggingface\.co|githubusercontent\.com/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  const app = await new App(page).open();
  await page.getByRole('button', { name: /^Get Llama 2 7B Chat/ }).click();
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(app.modelsButton).toHaveAccessibleName(/SmolLM2/);
  expect(asked).toEqual([]);
});

test('a device that cannot run Llama 2 7B gets a recommendation from the whole list', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 4 });
  });
  const app = await new App(page).open();
  await page.getByRole('button', { name: 'See which models run here' }).click();
  const best = app.models.getByRole('listitem').filter({ hasText: 'Recommended for this device' });
  await expect(best).toBeVisible();
  await expect(best.getByRole('button', { name: /^Add / })).toBeEnabled();
});
