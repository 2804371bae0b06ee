// Runs before the others: the engine's threads, on all cores.
import { App } from './app.ts';
import { expect, test } from './test.ts';
import { threadsText } from './threads-text.ts';

// What this visitor has is left to those who begin with the model: see profile-folder.ts.
test.use({ profile: 'with-model' });

test('the CPU engine answers on all cores', async ({ page }) => {
  const app = await new App(page).open();
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
  await app.modelsButton.click();
  await expect(app.models).toContainText(threadsText('all', true));
});

test.describe('with Cria in its place', () => {
  test.use({ builtIn: 'Cria' });

  test('Cria answers on the CPU as it does on the GPU', async ({ page }) => {
    const app = await new App(page).open();
    await expect((await app.ask('What is the capital of France?')).text).toHaveText('Paris.');
    await expect((await app.ask('Repeat: river stone')).text).toHaveText('river stone');
  });
});
