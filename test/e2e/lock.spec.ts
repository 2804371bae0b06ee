// Chats behind a passphrase: the stored data, another tab, search, and a forgotten passphrase.
import { App } from './app.ts';
import { Chats } from './chats.ts';
import { chooseFiles } from './choose-files.ts';
import { storesWith } from './stores-with.ts';
import { expect, test } from './test.ts';

test.use({ profile: 'with-model' });

const secret = 'the capital of';
const passphrase = 'seven llamas in a corral';
const records = ['corral-conversations/records'];

test('a passphrase encrypts the chats; search, other tabs and a reload work with it', async ({
  page,
}) => {
  const app = await new App(page).open();
  await chooseFiles(page, () => page.getByRole('button', { name: 'Attach documents' }).click(), {
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(`Notes on ${secret} Norway.`),
  });
  await expect(page.getByRole('list', { name: 'Attached documents' })).toContainText('tokens');
  await app.ask('What is the capital of France?');
  const notes = page.getByRole('dialog', { name: 'notes.txt' });
  await page.getByRole('button', { name: 'Open notes.txt' }).click();
  await notes.getByRole('button', { name: 'Keep in the library' }).click();
  await expect(notes.getByRole('button', { name: 'Remove from the library' })).toBeVisible();
  await notes.getByRole('button', { name: 'Close' }).click();
  await app.composer.fill('And the capital of Spain?');
  await expect.poll(() => storesWith(page, secret)).toEqual(records);
  const other = await new App(await page.context().newPage()).open();

  const settings = page.getByRole('dialog', { name: 'Settings' });
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByText('Lock chats').first().click();
  await settings.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await settings.getByLabel('Confirm passphrase').fill(`${passphrase}s`);
  await expect(settings.getByText('Nobody can recover them')).toBeVisible();
  const lock = settings.getByRole('button', { name: 'Lock chats' });
  await expect(lock).toBeDisabled();
  await settings.getByLabel(/I lose my chats if I forget/).check();
  await lock.click();
  await expect(settings.getByRole('alert')).toHaveAttribute('data-code', 'passphrases-differ');
  await settings.getByLabel('Confirm passphrase').fill(passphrase);
  await lock.click();

  // Both tabs ask for it now.
  const heading = { name: 'Your chats are locked' };
  await expect(page.getByRole('heading', heading)).toBeVisible();
  await expect(other.page.getByRole('heading', heading)).toBeVisible();
  await expect.poll(() => storesWith(page, secret)).toEqual([]);
  const field = page.getByLabel('Passphrase', { exact: true });
  await field.fill('seven llamas in a coral');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'passphrase-wrong');
  await field.fill(passphrase);
  await field.press('Enter');
  await expect(app.answers).toContainText(['Paris']);
  await expect(app.composer).toHaveValue('And the capital of Spain?');
  // The document and the library were sealed with the chat, and are opened with it.
  await page.getByRole('button', { name: 'Open notes.txt' }).click();
  await expect(notes).toContainText('Norway');
  await expect(notes.getByRole('button', { name: 'Remove from the library' })).toBeVisible();
  await notes.getByRole('button', { name: 'Close' }).click();

  // New text is encrypted too; the search worker has the key.
  await expect((await app.ask('And what is the capital of Italy?')).text).toContainText('Rome');
  await app.type('Write a long story about a llama that lives on a farm.');
  await app.current().streams();
  await expect(app.current().text).toHaveText(/(\w+\W+){15}/);
  const begun = (await app.current().text.textContent()) ?? '';
  await page.reload();
  await field.fill(passphrase);
  await field.press('Enter');
  await expect(app.answers.last()).toContainText('Unfinished');
  await expect(app.current().text).toContainText(begun);
  const chats = new Chats(page);
  await chats.search.fill('rome');
  await expect(page.getByText('1 chat found')).toBeVisible();
  await expect(chats.links).toHaveCount(1);
  await chats.search.fill('');
  await expect.poll(() => storesWith(page, secret)).toEqual([]);
  // As the search keeps it.
  expect(await storesWith(page, 'rome')).toEqual([]);

  // After the lock is removed, they are stored as before.
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByRole('button', { name: 'Remove lock' }).click();
  await expect(app.answers.first()).toContainText('Paris');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => storesWith(page, secret)).toEqual(records);
  expect(await storesWith(page, 'rome')).toEqual(records);
  await expect(other.answers.first()).toContainText('Paris');
});

test('warns twice that a forgotten passphrase means lost chats', async ({ page }) => {
  const app = await new App(page).open();
  await app.composer.fill('And the capital of Spain?');
  await expect.poll(() => storesWith(page, secret)).toEqual(records);
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByText('Lock chats').first().click();
  await settings.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await settings.getByLabel('Confirm passphrase').fill(passphrase);
  await settings.getByLabel(/I lose my chats if I forget/).check();
  await settings.getByRole('button', { name: 'Lock chats' }).click();

  await page.getByText('Forgot passphrase?').click();
  await expect(page.getByText('Without the passphrase nobody can open the chats')).toBeVisible();
  await page.getByRole('button', { name: 'Delete all chats' }).click();
  await expect(page.getByRole('alert')).toContainText('permanently deletes');
  await page.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(app.composer).toHaveValue('');
  await page.reload();
  await expect(app.composer).toBeVisible();
  await expect(new Chats(page).links).toHaveCount(0);
});
