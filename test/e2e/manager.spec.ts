// The stored models, as a person manages them.
import { App } from './app.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { rot } from './rot.ts';
import { expect, test } from './test.ts';

test('checks, repairs and deletes a stored model', async ({ page, baseURL }) => {
  const proxy = await startFaultProxy(baseURL ?? '');
  try {
    const app = await new App(page).open(proxy.url);
    await app.ask('What is the capital of France?');
    await app.modelsButton.click();
    const stored = app.models.getByRole('status', { name: 'SmolLM2 135M on this device' });
    await expect(stored).toHaveText('On this device: 98 MB in one file');
    await app.models.getByRole('button', { name: 'Check SmolLM2 135M' }).click();
    await expect(stored).toHaveText('Checked: the file is intact.', { timeout: 30_000 });

    await rot(page, 'smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf#00002');
    await app.models.getByRole('button', { name: 'Check SmolLM2 135M' }).click();
    await expect(stored).toContainText('1 of 1 files was damaged', { timeout: 30_000 });
    await app.models.getByRole('button', { name: 'Close' }).click();

    await page.reload();
    await expect(app.modelsButton).toHaveAccessibleName(/not on this device yet/);
    await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
    await app.deleteModel('SmolLM2 135M');
    await expect(app.modelsButton).toHaveAccessibleName(/not on this device yet/);
  } finally {
    await proxy.close();
  }
});
