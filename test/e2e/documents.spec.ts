// Documents that come with a question: read on this device, given to the model, kept with the chat, and refused by name.
import { App } from './app.ts';
import { Chats } from './chats.ts';
import { chooseFiles } from './choose-files.ts';
import { storesWith } from './stores-with.ts';
import { expect, test } from './test.ts';
import { madeDocx, madePdf } from '../fixtures/made-documents.ts';

test.use({ profile: 'with-model', builtIn: 'Cria' });

const secret = 'The password of the llama stable is juniper-42.';
const records = ['corral-conversations/records'];
const textFile = { name: 'stable.txt', mimeType: 'text/plain', buffer: Buffer.from(secret) };

const attachTo = (app: App, ...files: (typeof textFile)[]) =>
  chooseFiles(
    app.page,
    () => app.page.getByRole('button', { name: 'Attach documents' }).click(),
    files,
  );

test('a text file comes with a question, is kept with the chat, and goes with it', async ({
  page,
}) => {
  const app = await new App(page).open();
  const attached = page.getByRole('list', { name: 'Attached documents' });
  await attachTo(app, textFile);
  await expect(attached).toContainText('tokens');
  await page.getByRole('button', { name: 'Remove stable.txt' }).click();
  await expect(attached).toHaveCount(0);
  // Nothing is stored before it is sent.
  await expect.poll(() => storesWith(page, secret)).toEqual([]);

  await attachTo(app, textFile);
  await expect(attached).toContainText('tokens');
  const answer = await app.ask('What is the password of the stable?');
  await expect(answer.error).toHaveCount(0);
  const { read } = await answer.tokens();
  // The document and the sentence about documents are in the prompt.
  expect(read).toBeGreaterThan(60);
  await expect.poll(() => storesWith(page, secret)).toEqual(records);

  await page.reload();
  await page.getByRole('button', { name: 'Open stable.txt' }).click();
  const dialog = page.getByRole('dialog', { name: 'stable.txt' });
  await expect(dialog).toContainText(secret);
  await dialog.getByRole('button', { name: 'Close' }).click();

  const chats = new Chats(page);
  await chats.choose('What is the password of the stable?', 'Delete');
  await expect.poll(() => storesWith(page, secret)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => storesWith(page, secret)).toEqual(records);
});

test('of a long PDF the model is given passages, each of which opens its page', async ({
  page,
}) => {
  const filler = 'Nothing of importance happens on this page of the long report about llamas.';
  const pages = Array.from({ length: 60 }, (_, at) =>
    at === 41 ? ['The treasure is buried under the old walnut tree.'] : Array(30).fill(filler),
  );
  const buffer = Buffer.from(await madePdf(pages));
  const app = await new App(page).open();
  await attachTo(app, { name: 'report.pdf', mimeType: 'application/pdf', buffer });
  const attached = page.getByRole('list', { name: 'Attached documents' });
  await expect(attached).toContainText('60 pages', { timeout: 30_000 });
  const answer = await app.ask('Where is the treasure buried?');
  await expect(answer.error).toHaveCount(0);
  await answer.article.getByText('Given to the model').first().click();
  await answer.button('report.pdf, p. 42').click();
  const dialog = page.getByRole('dialog', { name: 'report.pdf' });
  await expect(dialog).toContainText('Page 42 of 60');
  await expect(dialog.locator('mark')).toContainText('under the old walnut tree');
});

test('what cannot be read is said to be so, and the chat goes on', async ({ page }) => {
  const app = await new App(page).open();
  const data = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256));
  await attachTo(
    app,
    { name: 'data.txt', mimeType: 'text/plain', buffer: data },
    { name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await madePdf([[]])) },
    {
      name: 'letter.docx',
      mimeType: 'application/zip',
      buffer: Buffer.from(madeDocx([['', 'Dear llama.']])),
    },
  );
  const attached = page.getByRole('list', { name: 'Attached documents' });
  await expect(attached).toContainText('data.txt has no text that Corral can read.');
  await expect(attached).toContainText('scan.pdf has no text: its pages are pictures');
  await page.getByRole('button', { name: 'Open letter.docx' }).click();
  const dialog = page.getByRole('dialog', { name: 'letter.docx' });
  await expect(dialog).toContainText('Dear llama.');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Remove data.txt' }).click();
  await page.getByRole('button', { name: 'Remove scan.pdf' }).click();
  await expect(attached.getByRole('listitem')).toHaveCount(1);
});

test('a long paste becomes a document, and a dropped file comes along', async ({ page }) => {
  const app = await new App(page).open();
  const long = 'A sentence about llamas. '.repeat(120).trim();
  await app.composer.fill(long);
  await app.composer.press('ControlOrMeta+a');
  await app.composer.press('ControlOrMeta+x');
  await app.composer.fill('Sum this up: ');
  await app.composer.press('End');
  await app.composer.press('ControlOrMeta+v');
  await page.getByRole('button', { name: 'Make it a document' }).click();
  await expect(app.composer).toHaveValue('Sum this up: ');
  await expect(page.getByRole('button', { name: 'Open Pasted text.txt' })).toBeVisible();

  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['# Notes\n\nOn hay.'], 'notes.md'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
  });
  await expect(page.getByRole('button', { name: 'Open notes.md' })).toBeVisible();
});
