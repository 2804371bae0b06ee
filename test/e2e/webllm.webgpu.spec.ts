// The real WebLLM on the software adapter, as far as possible without Llama 2's weights.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { expect, test } from './test.ts';

const modelHosts = /huggingface\.co|githubusercontent\.com/;

async function chooseLlama(app: App) {
  await app.modelsButton.click();
  await app.showVariants();
  await app.models.getByRole('radio', { name: /Llama 2 7B Chat \(q4f32_1, 1k\)/ }).click();
}

async function closeModels(app: App) {
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect(app.modelsButton).toHaveAccessibleName(/Llama 2 7B/);
}

/** No test may start a download of 4 GB: the model hosts are blocked, or simulated. */
async function answerHosts(page: Page, body: (url: string) => string | null) {
  await page.context().route(modelHosts, (route) => {
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

test('offers the 16-bit libraries too on a GPU with 16-bit floats', async ({ page }) => {
  const app = await new App(page).open();
  const features = await page.evaluate(async () => {
    const adapter = await navigator.gpu.requestAdapter();
    return [...(adapter?.features ?? [])].map(String);
  });
  test.skip(!features.includes('shader-f16'), 'this adapter has none: see the SwiftShader tests');
  await app.modelsButton.click();
  await expect(app.models).toContainText(/WebGPU is ready \(.+\): Llama 2 can run here/);
  await app.showVariants();
  await expect(app.models.getByRole('radio', { name: /7B Chat \(q4f16_1, 1k/ })).toBeEnabled();
  await expect(app.models.getByRole('radio', { name: /7B Chat \(q4f32_1, 1k/ })).toBeEnabled();
  await expect(app.models).not.toContainText('no 16-bit floats');
  await expect(app.models).toContainText(/Recommended: .+q4f16_1/);
});

test('Llama 2’s terms are shown once before its download, and declining keeps the current model', async ({
  page,
}) => {
  await answerHosts(page, () => null);
  const app = await new App(page).open();
  await app.modelsButton.click();
  await app.showVariants();
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
  await app.showVariants();
  await app.models.getByRole('radio', { name: /7B Chat \(q4f32_1, 4k/ }).check();
  await expect(terms).toBeHidden();
});

test('the app keeps working after a failed download, a wrong file and a cancelled load', async ({
  page,
}) => {
  await answerHosts(page, () => null);
  const app = await new App(page).open();
  await chooseLlama(app);
  await page.getByRole('button', { name: 'Accept' }).click();
  await closeModels(app);
  await (await app.ask('Hello')).failsWith('download-failed');
  await answersWithBuiltIn(app);

  const newChat = page.getByRole('button', { name: 'New chat' });
  await newChat.click();
  await answerHosts(page, () => '<!doctype html>');
  await chooseLlama(app);
  await closeModels(app);
  await (await app.ask('Hello')).failsWith('model-not-a-model');
  await answersWithBuiltIn(app);

  await newChat.click();
  await page.context().route(modelHosts, () => {}); // never answers
  await chooseLlama(app);
  await closeModels(app);
  await app.type('Hello');
  await expect(app.progress).toContainText('Llama 2 7B');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await app.current().ended();
  await expect(app.current().article).toContainText('Stopped.');
  await answersWithBuiltIn(app);
});
