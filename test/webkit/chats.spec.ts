// Chats that are kept: searched, exported, imported, seen by two tabs.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { chatOf } from '../e2e/chats.ts';
import { App, fileWith } from './app.ts';
import { counts, expect, longTask, shows, test } from './test.ts';

test('an answer that one tab writes appears in the other, with its end', async ({ app, tab }) => {
  await app.openChat(chatOf(['Hello', 'Good morning.'], { id: 'two' }), 'Hello');
  // Before the question: to open a tab takes as long as many an answer.
  const other = await new App(await tab.newPage()).open(await tab.url());
  try {
    await app.type(longTask);
    await app.current().streams();
    await counts(other.answers, 2);
    await other.current().streams();
    await app.stopAnswer();
    const written = await app.current().text.innerText();
    await shows(other.current().article, 'Stopped.');
    expect(await other.current().text.innerText()).toBe(written);
  } finally {
    await other.page.close();
  }
});

test('finds words in all chats, with any accents', async ({ app, tab }) => {
  await app.import([
    chatOf(['Wo ist das Café?', 'Am Platz.'], { id: 'cafe' }),
    chatOf(['Something else', 'About Zürich.'], { id: 'zurich' }),
  ]);
  await app.search.fill('ist das cafe');
  await tab.getByText('1 chat found').waitFor();
  await shows(tab.locator('mark'), 'Café');
  await app.links.click();
  await shows(app.answers, 'Am Platz.');
  await app.search.fill('');
});

test('all chats can be exported to a file and imported from it', async ({ app, tab, webkit }) => {
  await app.openChat(chatOf(['To go out', 'And back.'], { id: 'out' }), 'To go out');
  await app.chooseData('Export all chats');
  const saved = async () => {
    const [name = ''] = (await readdir(webkit.downloads)).filter((file) => file.endsWith('.json'));
    return readFile(path.join(webkit.downloads, name), 'utf8')
      .then(conversationsIn)
      .catch(() => []);
  };
  const idsOf = (chats: readonly Saved[]) => chats.map(({ id }) => id);
  await expect.poll(async () => idsOf(await saved())).toContain('out');
  const [out] = (await saved()).filter(({ id }) => id === 'out');

  await tab.getByRole('button', { name: 'Options for To go out' }).click();
  await tab.getByRole('menuitem', { name: 'Delete' }).click();
  await tab.getByRole('button', { name: 'Dismiss' }).click();
  await counts(app.links.filter({ hasText: 'To go out' }), 0);
  await app.openChat(out ?? {}, 'To go out');
  await shows(app.answers, 'And back.');
});

interface Saved {
  readonly id: string;
}

/** None while the file is written. */
function conversationsIn(file: string): readonly Saved[] {
  return (JSON.parse(file) as { conversations: readonly Saved[] }).conversations;
}

test('reads documents, gives them to the model, and keeps them with the chat', async ({
  app,
  tab,
}) => {
  const path = await fileWith('stable.txt', 'The password of the llama stable is juniper-42.');
  await tab.locator('input[type="file"][multiple]').setInputFiles(path);
  await shows(tab.getByRole('list', { name: 'Attached documents' }), /tokens/);
  const { read } = await (await app.ask('What is the password of the stable?')).tokens();
  expect(read).toBeGreaterThan(60);
  await tab.reload();
  await tab.getByRole('button', { name: 'Open stable.txt' }).click();
  const dialog = tab.getByRole('dialog', { name: 'stable.txt' });
  await shows(dialog, 'juniper-42');
  await app.close(dialog);
});
