// The offers to a first-time visitor.
import { limits, readFirstLoad } from '../../bench/measure/first-load.mjs';
import { App } from './app.ts';
import { expect, test } from './test.ts';

test.use({ serviceWorkers: 'allow' });

test('offers the built-in model, and says why Llama 2 cannot run without a GPU', async ({
  page,
  browserName,
}) => {
  const app = await new App(page).open();
  const offers = page.getByRole('group', { name: 'Two ways to begin' });
  await expect(offers).toContainText('Llama 2 cannot run here');
  await expect(offers).toContainText(
    browserName === 'firefox' ? 'This browser has no WebGPU' : 'finds no usable graphics chip',
  );
  await offers.getByRole('button', { name: 'Chat now' }).click();
  await expect(app.composer).toBeFocused();
  await expect(app.modelsButton).toHaveAccessibleName(/on this device$/, { timeout: 30_000 });
  await expect(offers).toBeHidden();
});

test('has little to load before the first key can be pressed', async ({ page, baseURL }) => {
  const { gzipBytes } = await readFirstLoad(page, baseURL ?? '');
  expect(gzipBytes).toBeLessThanOrEqual(limits.first_load_js_kb_gzip * 1000);
});
