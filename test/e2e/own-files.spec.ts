// Models of the visitor's own, from files on the device or an address; nothing that is wrong is added.
import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { ChatSettings } from './chat-settings.ts';
import { chooseFiles } from './choose-files.ts';
import { gguf } from '../fixtures/gguf.ts';
import { expect, test } from './test.ts';

const builtIn = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';

async function openDialog(page: Page): Promise<App> {
  const app = await new App(page).open();
  await app.modelsButton.click();
  await app.models.getByText('Add a model of your own').click();
  return app;
}

async function pickGguf(app: App, file: string | { name: string; content: Buffer }) {
  const button = app.models.getByRole('button', { name: 'Choose a GGUF file' });
  const mimeType = 'application/octet-stream';
  const picked =
    typeof file === 'string' ? file : { name: file.name, mimeType, buffer: file.content };
  await chooseFiles(app.page, () => button.click(), picked);
}

const alertOf = (app: App) => app.models.getByRole('alert');

test('answers with a GGUF file from this device, without the network', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const app = await openDialog(page);
  await pickGguf(app, builtIn);
  const radio = app.models.getByRole('radio', { name: 'SmolLM2-135M-Instruct.Q4_1' });
  await expect(radio).toBeChecked();
  await app.models.getByRole('button', { name: 'Download SmolLM2-135M-Instruct.Q4_1' }).click();
  const stored = app.models.getByRole('status', { name: 'SmolLM2-135M-Instruct.Q4_1 on this' });
  await expect(stored).toHaveText('On this device: 98 MB in one file', { timeout: 30_000 });
  expect(asked.filter((url) => url.endsWith('.gguf'))).toEqual([]);
  await app.models.getByRole('button', { name: 'Close' }).click();
  // A model that the visitor added samples its tokens at random, unless its settings forbid it.
  await new ChatSettings(page).sampling({ Temperature: '0' });
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');

  // What was copied stays for the next visit; what was only added asks for the file again.
  await page.reload();
  await expect(app.modelsButton).toHaveAccessibleName(/SmolLM2-135M-Instruct.Q4_1, on this device/);
  await app.modelsButton.click();
  await app.models.getByRole('button', { name: 'Delete all models' }).click();
  await app.models.getByRole('button', { name: 'Download SmolLM2-135M-Instruct.Q4_1' }).click();
  await expect(alertOf(app)).toHaveAttribute('data-code', 'files-needed');
  await app.models.getByRole('button', { name: 'Remove SmolLM2-135M-Instruct.Q4_1' }).click();
  await expect(radio).toHaveCount(0);
  await expect(app.models.getByRole('radio', { name: 'SmolLM2 135M' })).toBeChecked();
});

const brackets =
  "{% for m in messages %}{{ '<|im_start|>[' + m.role + ']\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>[assistant]\\n' }}{% endif %}";

/** The built-in model with another template of the same length, so that nothing else in its head moves. */
async function withTemplate(template: string): Promise<Buffer> {
  const file = await readFile(builtIn);
  const key = file.indexOf('tokenizer.chat_template') + 'tokenizer.chat_template'.length;
  const [lengthAt, textAt] = [key + 4, key + 12];
  const length = Number(file.readBigUInt64LE(lengthAt));
  const padding = length - Buffer.byteLength(template);
  expect(padding).toBeGreaterThanOrEqual(4);
  file.write(`${template}{#${' '.repeat(padding - 4)}#}`, textAt);
  return file;
}

/** Adds the built-in model under the name, with that template. */
async function addWithTemplate(page: Page, name: string, template: string): Promise<App> {
  const app = await openDialog(page);
  const file = test.info().outputPath(`${name}.gguf`);
  await writeFile(file, await withTemplate(template));
  await pickGguf(app, file);
  await expect(app.models.getByRole('radio', { name })).toBeChecked();
  return app;
}

test('answers with a GGUF whose template has a custom format', async ({ page }) => {
  const app = await addWithTemplate(page, 'brackets', brackets);
  await app.models.getByRole('button', { name: 'Download brackets' }).click();
  const stored = app.models.getByRole('status', { name: 'brackets on this' });
  await expect(stored).toHaveText(/98 MB/, { timeout: 30_000 });
  await app.models.getByRole('button', { name: 'Close' }).click();
  await new ChatSettings(page).sampling({ Temperature: '0' });
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
});

test('an added model’s format can be viewed, selected and edited, and is stored', async ({
  page,
}) => {
  const app = await addWithTemplate(page, 'brackets', brackets);
  const format = app.models.getByRole('group', { name: 'Prompt format of brackets' });
  await format.getByText('Prompt format').click();
  const choice = format.getByRole('combobox', { name: 'Format' });
  const preview = format.getByLabel('A short conversation in this format');
  const use = format.getByRole('button', { name: 'Use this format' });
  await expect(choice.getByRole('option', { name: 'From the model itself' })).toBeAttached();
  await expect(preview).toContainText('[user]↵\nHello!');
  await expect(preview.locator('mark').first()).toHaveText('<|im_start|>');
  await expect(use).toBeHidden();

  await choice.selectOption('Zephyr');
  await expect(preview).toContainText('<|user|>↵\nHello!');
  await expect(format.getByRole('status')).toHaveText('This format is not in use yet.');
  await choice.selectOption('ChatML');
  await choice.selectOption('Written by you');
  const question = format.getByRole('textbox', { name: 'Before a question' });
  const answer = format.getByRole('textbox', { name: 'Before an answer' });
  await expect(question).toHaveValue('<|im_start|>user\\n');
  await question.fill('');
  await answer.fill('');
  await format.getByRole('textbox', { name: 'After a question' }).fill('');
  await expect(format.getByRole('alert')).toHaveAttribute('data-code', 'format-incomplete');
  await expect(use).toBeDisabled();
  await question.fill('<|im_start|>user\\nPlease: ');
  await format.getByRole('textbox', { name: 'After a question' }).fill('<|im_end|>\\n');
  await answer.fill('<|im_start|>assistant\\n');
  await expect(preview).toContainText('user↵\nPlease: What is 2 + 2?');
  await use.click();
  await expect(format.getByRole('status')).toHaveText('This format is in use.');
  await app.models.getByRole('button', { name: 'Close' }).click();
  await new ChatSettings(page).sampling({ Temperature: '0' });
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');

  await page.reload();
  await app.modelsButton.click();
  await format.getByText('Prompt format').click();
  await expect(choice).toHaveValue('written');
  await expect(question).toHaveValue('<|im_start|>user\\nPlease: ');
  await choice.selectOption('From the model itself');
  await use.click();
  await expect(format.getByRole('status')).toHaveText('This format is in use.');
  await expect(preview).toContainText('[user]↵\nHello!');
});

test('a GGUF without a template asks for a format first, and another tab is updated', async ({
  page,
  context,
}) => {
  const app = await openDialog(page);
  const content = await readFile(builtIn);
  content.write('tokenizer.chat_templatX', content.indexOf('tokenizer.chat_template'));
  const file = test.info().outputPath('bare.gguf');
  await writeFile(file, content);
  await pickGguf(app, file);
  await expect(app.models.getByRole('radio', { name: 'bare' })).toBeChecked();
  const fault = app.models.locator('[data-code=template-missing]');
  await expect(fault).toContainText('Choose its prompt format');
  await app.models.getByRole('button', { name: 'Download bare' }).click();
  const stored = app.models.getByRole('status', { name: 'bare on this' });
  await expect(stored).toHaveText(/98 MB/, { timeout: 30_000 });
  await app.models.getByRole('button', { name: 'Close' }).click();
  await app.composer.fill('Hello?');
  await app.composer.press('Enter');
  await expect(app.answers.last().locator('[data-code=template-missing]')).toBeVisible();

  const other = await context.newPage();
  await other.goto('./');
  const otherApp = new App(other);
  await otherApp.modelsButton.click();
  const otherFault = otherApp.models.locator('[data-code=template-missing]');
  await expect(otherFault).toBeVisible();

  await app.answers.last().getByRole('button', { name: 'Models' }).click();
  const format = app.models.getByRole('group', { name: 'Prompt format of bare' });
  // Its tokens show which format it may be.
  await expect(format.getByRole('combobox', { name: 'Format' })).toHaveValue('chatml');
  await format.getByRole('button', { name: 'Use this format' }).click();
  await expect(fault).toBeHidden();
  await expect(otherFault).toBeHidden();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await new ChatSettings(page).sampling({ Temperature: '0' });
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
});

test('the thoughts of an answer are collapsed while they are written', async ({ page }) => {
  const thinking = brackets.replace(
    "[assistant]\\n' }}{% endif",
    "[assistant]\\n<think>\\n' }}{% endif",
  );
  const app = await addWithTemplate(page, 'thinking', thinking);
  await app.models.getByRole('button', { name: 'Close' }).click();
  await app.composer.fill('Tell me a long story about a river.');
  await app.composer.press('Enter');
  const answer = app.answers.last();
  const summary = answer.getByText(/^Thinking… [1-9]\d* s$/);
  await expect(summary).toBeVisible({ timeout: 60_000 });
  const thoughts = answer.getByRole('group');
  await expect(thoughts.locator('div')).toBeHidden();
  await summary.click();
  await expect(thoughts.locator('div')).toHaveText(/\w/);
  await app.stop.click();
  await expect(answer.getByText('Thoughts', { exact: true })).toBeVisible();
});

test('a truncated GGUF file, and a file that is not a GGUF, give errors', async ({ page }) => {
  const app = await openDialog(page);
  const whole = await readFile(builtIn);
  const cases = [
    { name: 'half.gguf', content: whole.subarray(0, 40_000_000), code: 'file-damaged' },
    { name: 'head.gguf', content: whole.subarray(0, 500_000), code: 'file-damaged' },
    { name: 'other.gguf', content: Buffer.from('<!doctype html>'), code: 'file-damaged' },
    { name: 'photo.png', content: Buffer.from('PNG'), code: 'files-not-a-model' },
  ];
  for (const { name, content, code } of cases) {
    await pickGguf(app, { name, content });
    await expect(alertOf(app), name).toHaveAttribute('data-code', code, { timeout: 30_000 });
    await expect(alertOf(app)).toBeVisible();
  }
  await expect(app.models.getByRole('button', { name: /from the list/ })).toHaveCount(0);
});

test('an invalid address and a forbidden host give errors', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const app = await openDialog(page);
  const tryAddress = async (address: string) => {
    await app.models.getByLabel('Address of the file or folder').fill(address);
    await app.models.getByRole('button', { name: 'Add', exact: true }).click();
  };
  await tryAddress('not an address');
  await expect(alertOf(app)).toHaveAttribute('data-code', 'model-address');
  await tryAddress('https://models.example/llama-2-7b-chat.gguf');
  await expect(alertOf(app)).toHaveAttribute('data-code', 'host-not-allowed');
  await expect(alertOf(app)).toContainText('models.example');
  expect(asked.filter((url) => url.includes('models.example'))).toEqual([]);
});

test('a GGUF whose template never ends needs another format, and the page keeps working', async ({
  page,
}) => {
  const app = await openDialog(page);
  const loops = Array.from({ length: 9 }, (_, at) => `{% for a${at} in range(9999) %}`).join('');
  const template = `${loops}x${'{% endfor %}'.repeat(9)}`;
  const model = gguf(
    { 'general.architecture': 'llama', 'tokenizer.chat_template': template },
    new Uint8Array(2048),
  );
  await pickGguf(app, { name: 'endless.gguf', content: Buffer.from(await model.arrayBuffer()) });
  await expect(alertOf(app)).toHaveAttribute('data-code', 'template-broken', {
    timeout: 20_000,
  });
  await expect(app.models.getByRole('radio', { name: 'endless' })).toBeVisible();
});
