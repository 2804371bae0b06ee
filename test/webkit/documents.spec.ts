// Documents that come with a question: read in WebKit, shown as the model gets them, searched where they are long.
import { madeDocx, madeEpub, madePdf } from '../fixtures/made-documents.ts';
import { type App, fileWith } from './app.ts';
import { counts, expect, shows, test } from './test.ts';

/** As the browser's file dialog would. */
async function attach(app: App, name: string, content: string | Uint8Array): Promise<void> {
  await app.page.locator('form input[type="file"]').setInputFiles(await fileWith(name, content));
}

const chips = (app: App) => app.page.getByRole('list', { name: 'Attached documents' });

async function reads(app: App, name: string, words: string): Promise<void> {
  await app.page.getByRole('button', { name: `Open ${name}` }).click();
  const dialog = app.page.getByRole('dialog', { name });
  await shows(dialog, words);
  await app.close(dialog);
}

test('reads PDF, Word and EPUB files, and refuses a scan', async ({ app, tab }) => {
  await attach(app, 'report.pdf', await madePdf([['First page'], ['Hay costs 7.']]));
  await shows(chips(app), '2 pages');
  await attach(app, 'letter.docx', madeDocx([['Heading1', 'Dear llama']]));
  await attach(app, 'book.epub', madeEpub(['<h1>One</h1><p>It began with hay.</p>']));
  await attach(app, 'scan.pdf', await madePdf([[]]));
  await shows(chips(app), 'scan.pdf has no text: its pages are images');
  await reads(app, 'report.pdf', 'First page');
  await reads(app, 'letter.docx', '# Dear llama');
  await reads(app, 'book.epub', 'It began with hay.');
  for (const name of ['report.pdf', 'letter.docx', 'book.epub', 'scan.pdf']) {
    await tab.getByRole('button', { name: `Remove ${name}` }).click();
  }
  await counts(chips(app), 0);
});

test('gives the model passages of a long document, and each opens its place', async ({ app }) => {
  const filler = 'Nothing of importance happens on this page of the long report about llamas.';
  const pages = Array.from({ length: 60 }, (_, at) =>
    at === 41 ? ['The treasure is buried under the old walnut tree.'] : Array(30).fill(filler),
  );
  await attach(app, 'treasure.pdf', await madePdf(pages));
  await shows(chips(app), '60 pages', { timeout: 60_000 });
  const answer = await app.ask('Where is the treasure buried?');
  await counts(answer.error, 0);
  await answer.article.getByText('Given to the model').click();
  await answer.button('treasure.pdf, p. 42').click();
  const dialog = app.page.getByRole('dialog', { name: 'treasure.pdf' });
  await shows(dialog, 'Page 42 of 60');
  await shows(dialog.locator('mark'), 'under the old walnut tree');
  await app.close(dialog);
  expect(await app.questions.count()).toBe(1);
});
