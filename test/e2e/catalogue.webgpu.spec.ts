// A listed model, from its publisher's addresses: what answers there is Cria, so that the real WebLLM can run it here.
import path from 'node:path';
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { expect, test } from './test.ts';

const modelHosts = /huggingface\.co|githubusercontent\.com/;
const cria = path.resolve('public/models/cria/resolve/main');

/** Each file of a folder, and any library. */
async function answerWithCria(page: Page): Promise<string[]> {
  const asked: string[] = [];
  await page.context().route(modelHosts, (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    const name = pathname.endsWith('.wasm') ? 'cria.wasm' : path.basename(pathname);
    const headers = { 'access-control-allow-origin': '*' };
    return route.fulfill({ path: path.join(cria, name), headers });
  });
  return asked;
}

test('a listed model asks for its licence, is added with its own format, and answers', async ({
  page,
}) => {
  const asked = await answerWithCria(page);
  const app = await new App(page).open();
  await app.modelsButton.click();
  await app.models.getByText(/^Up to 1\.5 GB of memory/).click();
  const row = app.models.getByRole('listitem', { name: 'Llama 3.2 1B' });
  await expect(row).toContainText('Summaries, rewriting and questions, in eight languages.');
  await expect(row).toContainText(/\d+ MB to download · about \d\.\d GB of memory · [\d,]+ tokens/);
  await expect(app.models).toContainText('Their files were not checked when this app was built');

  const add = row.getByRole('button', { name: 'Add Llama 3.2 1B' });
  await add.click();
  const terms = page.getByRole('dialog', { name: 'Llama 3.2 Community License' });
  await expect(terms).toContainText('shows “Built with Llama”');
  await terms.getByRole('button', { name: 'Not now' }).click();
  await expect(terms).toBeHidden();
  expect(asked).toEqual([]);

  await add.click();
  await terms.getByRole('button', { name: 'Accept' }).click();
  const radio = app.models.getByRole('radio', { name: 'Llama 3.2 1B' });
  await expect(radio).toBeChecked();
  await expect(row).toHaveCount(0);
  expect(asked.every((file) => /^\/mlc-ai\/Llama-3\.2-1B-.*\.json$/.test(file))).toBe(true);
  await app.models.getByRole('button', { name: 'Download Llama 3.2 1B' }).click();
  const stored = app.models.getByRole('status', { name: 'Llama 3.2 1B on this device' });
  await expect(stored).toHaveText(/^On this device: \d+ MB in/, { timeout: 60_000 });
  expect(asked.filter((file) => file.endsWith('.wasm'))).toHaveLength(1);
  await app.models.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Built with Llama');
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
});
