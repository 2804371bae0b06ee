// The real WebLLM on the software adapter, as far as it goes without Llama 2's weights.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { expect, test } from './test.ts';

async function chooseLlama(app: App) {
  await app.modelsButton.click();
  await app.models.getByRole('radio', { name: /Llama 2 7B Chat \(q4f32_1, 1k\)/ }).click();
  await app.page.getByRole('button', { name: 'Accept' }).click();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect(app.modelsButton).toHaveAccessibleName(/Llama 2 7B/);
}

/** No test may start a download of 4 GB: the model hosts are cut off, or answer as told. */
async function answerHosts(page: Page, body: (url: string) => string | null) {
  await page.context().route(/huggingface\.co|githubusercontent\.com/, (route) => {
    const text = body(route.request().url());
    if (text === null) return route.abort();
    return route.fulfill({ body: text, headers: { 'access-control-allow-origin': '*' } });
  });
}

async function answersWithBuiltIn(app: App) {
  await app.modelsButton.click();
  await app.models.getByRole('radio', { name: /SmolLM2/ }).check();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
}

test('says what this GPU can run: no 16-bit floats, so only the 32-bit libraries', async ({
  page,
}) => {
  const app = await new App(page).open();
  await app.modelsButton.click();
  await expect(app.models).toContainText(/WebGPU is ready \(.+\): Llama 2 can run here/);
  for (const radio of await app.models.getByRole('radio', { name: /q4f16_1/ }).all()) {
    await expect(radio).toBeDisabled();
  }
  await expect(app.models).toContainText('no 16-bit floats');
  await expect(app.models.getByRole('radio', { name: /7B Chat \(q4f32_1, 1k/ })).toBeEnabled();
  await expect(app.models).toContainText(/Best here: .+: this graphics chip has no 16-bit floats/);
  await expect(app.models).toContainText('70B, which needs about 40 GB');
});

test('Llama 2’s terms come before its download, once; declined, the choice stays', async ({
  page,
}) => {
  await answerHosts(page, () => null);
  const app = await new App(page).open();
  await app.modelsButton.click();
  const llama = app.models.getByRole('radio', { name: /7B Chat \(q4f32_1, 1k/ });
  const terms = page.getByRole('dialog', { name: 'Llama 2 Community License' });

  await llama.click();
  await expect(terms).toContainText('acceptable use policy');
  await expect(terms).toContainText('700 million monthly users');
  await expect(terms).toContainText('improve any other large language model');
  await expect(terms.getByRole('link', { name: 'licence', exact: true })).toHaveAttribute(
    'href',
    'https://ai.meta.com/llama/license/',
  );
  await terms.getByRole('button', { name: 'Not now' }).click();
  await expect(app.models.getByRole('radio', { name: /SmolLM2/ })).toBeChecked();
  await expect(llama).not.toBeChecked();

  await llama.click();
  await terms.getByRole('button', { name: 'Accept' }).click();
  await expect(llama).toBeChecked();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('LLAMA 2 Community License');
  await page.getByRole('button', { name: /^This chat: Balanced · as of / }).click();
  const panel = page.getByRole('dialog', { name: 'This chat' });
  await expect(panel.getByRole('link', { name: 'Meta’s acceptable use policy' })).toHaveAttribute(
    'href',
    'https://ai.meta.com/llama/use-policy/',
  );
  await panel.getByRole('button', { name: 'Close' }).click();

  await page.reload();
  await expect(app.modelsButton).toHaveAccessibleName(/Llama 2 7B Chat \(q4f32_1, 1k\)/);
  await app.modelsButton.click();
  await app.models.getByRole('radio', { name: /7B Chat \(q4f32_1, 4k/ }).check();
  await expect(terms).toBeHidden();
});

test('says that the weights cannot be fetched', async ({ page }) => {
  await answerHosts(page, () => null);
  const app = await new App(page).open();
  await chooseLlama(app);
  await (await app.ask('Hello')).failsWith('download-failed');
  await answersWithBuiltIn(app);
});

test('an HTML page in place of the model’s files is refused', async ({ page }) => {
  await answerHosts(page, () => '<!doctype html>');
  const app = await new App(page).open();
  await chooseLlama(app);
  await (await app.ask('Hello')).failsWith('model-not-a-model');
  await answersWithBuiltIn(app);
});

test('a load that is cancelled leaves the app usable', async ({ page }) => {
  await page.context().route(/huggingface\.co|githubusercontent\.com/, () => {}); // never answers
  const app = await new App(page).open();
  await chooseLlama(app);
  await app.type('Hello');
  await expect(app.progress).toContainText('Llama 2 7B');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await app.current().ended();
  await expect(app.current().article).toContainText('Stopped.');
  await app.modelsButton.click();
  await app.models.getByRole('radio', { name: /SmolLM2/ }).check();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
});
