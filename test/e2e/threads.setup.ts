// Runs first and alone: the engine's threads, on all cores.
import { availableParallelism } from 'node:os';
import { certainCores, cpuThreads } from '../../src/core/models/choose-engine.ts';
import { App } from './app.ts';
import { expect, test } from './test.ts';

// What this visitor has is left to those who begin with the model: see profile-folder.ts.
test.use({ profile: 'with-model' });

test('the CPU engine answers on all cores', async ({ page }) => {
  const app = await new App(page).open();
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
  await app.modelsButton.click();
  const cores = certainCores(availableParallelism(), true);
  const threads = cpuThreads({ sharedMemory: true, cores });
  await expect(app.models).toContainText(`The built-in model uses ${threads} processor`);
});

test.describe('with Cria in its place', () => {
  test.use({ builtIn: 'Cria' });

  test('Cria answers on the CPU as it does on the GPU', async ({ page }) => {
    const app = await new App(page).open();
    await expect((await app.ask('What is the capital of France?')).text).toHaveText('Paris.');
    await expect((await app.ask('Repeat: river stone')).text).toHaveText('river stone');
  });
});
