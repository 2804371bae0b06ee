// What a person sets once for all chats, and which models there are.
import { fileWith } from './app.ts';
import { expect, shows, test } from './test.ts';

test('a selected theme and language are kept over a reload', async ({ app, tab }) => {
  const background = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  const settings = await app.dialog('Settings');
  await settings.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(background).not.toBe(light);
  // The page is drawn anew then, without the dialog.
  await settings.getByText('Italiano').click();
  const inItalian = tab.getByRole('textbox', { name: 'Messaggio' });
  await inItalian.waitFor();

  await tab.reload();
  await inItalian.waitFor();
  await expect.poll(background).not.toBe(light);
  const impostazioni = await app.dialog('Impostazioni');
  await impostazioni.getByText('Come il dispositivo').click();
  await expect.poll(background).toBe(light);
  await impostazioni.getByText('Come il browser').click();
  await app.composer.waitFor();
});

test('reads a model’s file from the device, and reports its fault', async ({ app }) => {
  const dialog = await app.dialog(/^Models:/, 'Models');
  await dialog.getByText('Add a model of your own').click();
  const field = dialog.locator('input[type="file"]:not([webkitdirectory])');
  await field.setInputFiles(await fileWith('tiny.gguf', 'GGUF, but no model'));
  await expect.poll(() => dialog.getByRole('alert').getAttribute('data-code')).toBe('file-damaged');
  await shows(dialog.getByRole('alert'), 'This file is damaged or incomplete.');
  await app.close(dialog);
});
