// The real WebLLM on the software adapter, as far as it goes without Llama 2's weights.
import { expect, type Page, test } from 'playwright/test';
import { App } from './app.ts';

async function chooseLlama(app: App) {
  await app.modelsButton.click();
  await app.models.getByRole('radio', { name: /q4f32_1/ }).check();
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
  await app.current().button('Models').click();
  await app.models.getByRole('radio', { name: /SmolLM2/ }).check();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
}

test('says what this GPU can run: no 16-bit floats, so only the 32-bit library', async ({
  page,
}) => {
  const app = await new App(page).open();
  await app.modelsButton.click();
  await expect(app.models).toContainText(/WebGPU is ready \(.+\): Llama 2 can run here/);
  await expect(app.models.getByRole('radio', { name: /q4f16_1/ })).toBeDisabled();
  await expect(app.models).toContainText('no 16-bit floats');
  await expect(app.models.getByRole('radio', { name: /q4f32_1/ })).toBeEnabled();
});

test('WebLLM loads in the worker and reports that the weights cannot be fetched', async ({
  page,
}) => {
  await answerHosts(page, () => null);
  const app = await new App(page).open();
  await chooseLlama(app);
  await (await app.ask('Hello')).failsWith('download-failed');
  await answersWithBuiltIn(app);
});

test('WebLLM reports a library that is no library', async ({ page }) => {
  const config = {
    model_type: 'llama',
    tokenizer_files: ['tokenizer.json'],
    conv_template: { name: 'llama-2', system_template: '', roles: {}, seps: [''] },
    context_window_size: 1024,
    prefill_chunk_size: 1024,
  };
  await answerHosts(page, (url) =>
    url.endsWith('mlc-chat-config.json') ? JSON.stringify(config) : '<!doctype html>',
  );
  const app = await new App(page).open();
  await chooseLlama(app);
  await (await app.ask('Hello')).failsWith('library-damaged');
  await answersWithBuiltIn(app);
});

test('a load that is cancelled leaves the app usable', async ({ page }) => {
  await page.context().route(/huggingface\.co|githubusercontent\.com/, () => {}); // never answers
  const app = await new App(page).open();
  await chooseLlama(app);
  await app.type('Hello');
  await expect(app.progress).toContainText('Loading Llama 2 7B');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await app.current().ended();
  await expect(app.current().article).toContainText('Stopped.');
  await app.modelsButton.click();
  await app.models.getByRole('radio', { name: /SmolLM2/ }).check();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
});
