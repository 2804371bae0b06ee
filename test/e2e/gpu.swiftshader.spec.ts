// SwiftShader, the software adapter where lavapipe is unavailable: Cria answers on it too.
import { App } from './app.ts';
import { expect, test } from './test.ts';

test('Cria answers on SwiftShader', async ({ page }) => {
  const app = await new App(page).open();
  await app.chooseModel(/Cria/);
  await expect((await app.ask('What is the capital of France?')).text).toHaveText('Paris.');
});

test('offers only the 32-bit libraries on a GPU without 16-bit floats', async ({ page }) => {
  const app = await new App(page).open();
  await app.modelsButton.click();
  await expect(app.models).toContainText(/WebGPU is ready \(.+\): Llama 2 can run here/);
  await app.showVariants();
  const withF16 = app.models.getByRole('radio', { name: /q4f16_1/ });
  await expect(withF16).not.toHaveCount(0);
  for (const radio of await withF16.all()) {
    await expect(radio).toBeDisabled();
  }
  await expect(app.models).toContainText('no 16-bit floats');
  await expect(app.models.getByRole('radio', { name: /7B Chat \(q4f32_1, 1k/ })).toBeEnabled();
  await expect(app.models).toContainText(
    /Recommended: .+: this graphics chip has no 16-bit floats/,
  );
  await expect(app.models).toContainText('70B, which needs about 40 GB');
});
