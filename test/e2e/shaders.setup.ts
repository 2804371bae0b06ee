// Compiles the shaders of Cria's library before any test has to wait for them: the first time takes lavapipe a minute;
// then they are in Mesa's cache.
import { App } from './app.ts';
import { runKernels, startEngine } from './run-kernels.ts';
import { expect, test } from './test.ts';

test('compile the shaders, where they are not in the cache yet', async ({ page }) => {
  const app = await new App(page).open();
  await app.modelsButton.click();
  await app.models.getByRole('radio', { name: /Cria/ }).check();
  await app.models.getByRole('button', { name: 'Download Cria' }).click();
  await expect(app.models.getByRole('status', { name: 'Cria on this device' })).toContainText(
    'On this device: ',
  );
  const engine = await startEngine(page);
  const loaded = await engine.load({ engine: 'webllm', modelId: 'cria', contextTokens: 512 });
  expect(loaded).toMatchObject({ ok: true });
  await runKernels(engine);
});
