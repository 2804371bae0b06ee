/** The built-in model under another name, with a context window that is full within seconds, not minutes. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page, type TestInfo } from 'playwright/test';
import { App } from './app.ts';
import { ChatSettings } from './chat-settings.ts';
import { chooseFiles } from './choose-files.ts';

const builtIn = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';

/** The model's own template begins with some thirty tokens of instructions. */
export const smallWindow = { contextTokens: 430, answerTokens: 16 } as const;

/** Opens the app with that model chosen; its answers end by themselves, all within `answerTokens`. */
export async function openWithSmallWindow(page: Page, info: TestInfo): Promise<App> {
  const file = info.outputPath('small-window.gguf');
  await writeFile(file, withWindow(await readFile(path.resolve(builtIn))));
  const app = await new App(page).open();
  await app.modelsButton.click();
  await app.models.getByText('Add a model of your own').click();
  const button = app.models.getByRole('button', { name: 'Choose a GGUF file' });
  await chooseFiles(page, () => button.click(), file);
  await expect(app.models.getByRole('radio', { name: 'small-window' })).toBeChecked();
  await app.models.getByRole('button', { name: 'Close' }).click();
  const longest = String(smallWindow.answerTokens);
  await new ChatSettings(page).sampling({ 'Maximum answer length (tokens)': longest });
  return app;
}

/** In a GGUF file, a key is followed by its value's type and, for a 32-bit number, by the value. */
function withWindow(gguf: Buffer): Buffer {
  const key = 'llama.context_length';
  const at = gguf.indexOf(key) + key.length;
  expect(gguf.readUInt32LE(at)).toBe(4);
  gguf.writeUInt32LE(smallWindow.contextTokens, at + 4);
  return gguf;
}
