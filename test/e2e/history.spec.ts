// The list of chats: its content, its search, and its changes.
import { App } from './app.ts';
import { chatOf, Chats } from './chats.ts';
import { storesWith } from './stores-with.ts';
import { expect, test, testWith } from './test.ts';

test.use({ profile: 'with-model', builtIn: 'Cria' });
const loadedTest = testWith('SmolLM2 135M');
const criaTest = testWith('Cria on the CPU');

const dayMs = 24 * 60 * 60 * 1000;

test('keeps every chat, and opens it again', async ({ page }) => {
  const app = await new App(page).open();
  const chats = new Chats(page);
  await app.ask('What is the capital of France?');
  await chats.newChat.click();
  await expect(app.answers).toHaveCount(0);
  await app.ask('What is the capital of Italy?');
  await expect(chats.links).toHaveText([/Italy/, /France/]);
  await chats.link(/France/).click();
  await expect(app.answers).toHaveText([/Paris/]);
  await page.reload();
  await expect(app.answers).toHaveText([/Paris/]);
  await chats.link(/Italy/).click();
  await expect(app.answers).toHaveText([/Rome/]);
  await page.goBack();
  await expect(app.answers).toHaveText([/Paris/]);
});

loadedTest('continues an answer while another chat is open', async ({ app, page }) => {
  const chats = new Chats(page);
  await chats.imports([chatOf(['Hello', 'Good morning.'], { id: 'other' })]);
  await app.type('Write a long story about a llama that lives on a farm.');
  await app.current().streams();
  const begun = (await app.current().text.textContent()) ?? '';
  await chats.link('Hello').click();
  await expect(app.answers).toHaveText([/Good morning/]);
  await expect(chats.link(/story/).getByRole('img', { name: /being written/ })).toBeVisible();
  await app.type('And what about now?');
  await expect(page.getByText('An answer is being written. Wait for it')).toBeVisible();
  await chats.link(/story/).click();
  await app.current().goesOnFrom(begun);
  await app.stop.click();
  await app.current().ended();
  await page.reload();
  await app.current().goesOnFrom(begun);
});

test('groups chats by day and month', async ({ page }) => {
  await new App(page).open();
  const chats = new Chats(page);
  const noon = new Date().setHours(12, 0, 0, 0);
  await chats.imports([
    chatOf(['Of today', 'Yes.'], { id: 'a', atMs: noon }),
    chatOf(['Of yesterday', 'Yes.'], { id: 'b', atMs: noon - dayMs }),
    chatOf(['Of this week', 'Yes.'], { id: 'c', atMs: noon - 5 * dayMs }),
    chatOf(['Of 2020', 'Yes.'], { id: 'd', atMs: new Date(2020, 4, 17).getTime() }),
  ]);
  const headings = page
    .getByRole('navigation', { name: 'Chats' })
    .getByRole('heading', { level: 3 });
  await expect(headings).toHaveText(['Today', 'Yesterday', 'Last 7 days', 'May 2020']);
  await expect(chats.links).toHaveText(['Of today', 'Of yesterday', 'Of this week', 'Of 2020']);
});

test('renames, pins, deletes and restores a chat', async ({ page }) => {
  const app = await new App(page).open();
  const chats = new Chats(page);
  await chats.imports([
    chatOf(['First', 'Yes.'], { id: 'a', atMs: Date.now() - 1000 }),
    chatOf(['Second', 'Yes.'], { id: 'b' }),
  ]);
  await chats.choose('First', 'Rename');
  const field = page.getByRole('textbox', { name: 'Title of the chat' });
  await expect(field).toHaveValue('First');
  await field.fill('<b>My</b> own title');
  await field.press('Enter');
  await expect(chats.links).toHaveText(['Second', '<b>My</b> own title']);
  await chats.choose('<b>My</b> own title', 'Pin to the top');
  await expect(chats.links).toHaveText(['<b>My</b> own title', 'Second']);
  await page.reload();
  await expect(chats.links).toHaveText(['<b>My</b> own title', 'Second']);

  await chats.link('Second').click();
  await expect(app.answers).toHaveCount(1);
  await chats.choose('Second', 'Delete');
  await expect(chats.links).toHaveText(['<b>My</b> own title']);
  await expect(app.answers).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(chats.links).toHaveText(['<b>My</b> own title', 'Second']);
  await expect(app.answers).toHaveText([/Yes\./]);
  await chats.choose('Second', 'Delete');
  await expect(chats.links).toHaveText(['<b>My</b> own title']);
  await page.reload();
  await expect(chats.links).toHaveText(['<b>My</b> own title']);
});

test('finds words in any case and with any accents, and scrolls to them', async ({ page }) => {
  const app = await new App(page).open();
  const chats = new Chats(page);
  const long = Array.from({ length: 200 }, (_, index) => `Line ${index} of a long chat.`);
  await chats.imports([
    chatOf([...long.slice(0, 40), 'Wo ist das Café?', ...long.slice(41)], { id: 'a' }),
    chatOf(['Something else', 'About a cafeteria in Zürich.'], { id: 'b' }),
    chatOf(['Nothing of the kind', 'No.'], { id: 'c' }),
  ]);
  await chats.search.fill('CAFÉ');
  await expect(page.getByText('2 chats found')).toBeVisible();
  await expect(page.locator('mark')).toHaveText(['Café', 'cafe']);
  await chats.search.fill('zurich cafe');
  await expect(chats.links).toHaveCount(1);
  await expect(page.locator('mark')).toHaveText(['cafe', 'Zürich']);
  await chats.search.fill('ist das');
  await chats.link(/Line 0/).click();
  await expect(page.getByText('Wo ist das Café?').last()).toBeInViewport();
  await chats.search.press('Escape');
  await expect(chats.links).toHaveCount(3);
  await expect(app.composer).toBeVisible();

  // The next start searches in the words that were kept. Those of a deleted chat are gone with it.
  await expect.poll(() => storesWith(page, 'cafeteria\\nin\\nzurich')).toHaveLength(1);
  await page.reload();
  await chats.search.fill('cafeteria');
  await expect(page.locator('mark')).toHaveText(['cafeteria']);
  await chats.search.press('Escape');
  await chats.choose('Something else', 'Delete');
  await expect.poll(() => storesWith(page, 'cafeteria')).toEqual([]);
  await chats.search.fill('cafe');
  await expect(page.getByText('1 chat found')).toBeVisible();
});

test('makes words again that are missing, or were kept by another version', async ({ page }) => {
  await new App(page).open();
  const chats = new Chats(page);
  await chats.imports([chatOf(['A cafeteria', 'In Zürich.'], { id: 'a' })]);
  await chats.search.fill('zurich');
  await expect(page.getByText('1 chat found')).toBeVisible();
  await expect.poll(() => storesWith(page, 'in\\nzurich')).toHaveLength(1);
  for (const kept of [undefined, { version: 1, entries: [{ id: 'a', revision: 1, terms: 'x' }] }]) {
    await page.evaluate(replaceSearchWords, kept);
    expect(await storesWith(page, 'in\\nzurich')).toEqual([]);
    await page.reload();
    await chats.search.fill('zurich');
    await expect(page.getByText('1 chat found')).toBeVisible();
    await expect.poll(() => storesWith(page, 'in\\nzurich')).toHaveLength(1);
  }
});

criaTest('finds a text that was just written', async ({ app, page }) => {
  const chats = new Chats(page);
  await chats.search.fill('Paris');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await app.ask('What is the capital of France?');
  await chats.search.fill('paris');
  await expect(page.getByText('1 chat found')).toBeVisible();
});

test('shows titles, queries and results as plain text', async ({ page }) => {
  await new App(page).open();
  const chats = new Chats(page);
  const hostile = '<img src=x onerror="document.title=\'hacked\'"> (.*)+ ${1} %00';
  await chats.imports([{ ...chatOf([hostile, hostile], { id: 'a' }), title: hostile }]);
  await expect(chats.links).toHaveText([hostile]);
  await chats.search.fill('<img src=x onerror="document.title=\'hacked\'"> (.*)+ ${1}');
  await expect(page.getByText('1 chat found')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Chats' }).locator('img')).toHaveCount(0);
  await chats.search.fill('(.*)+$');
  await expect(page.getByText('Nothing found')).toBeVisible();
  expect(await page.title()).toBe('Corral');
});

test('keeps a draft for every chat, also over a reload', async ({ page }) => {
  const app = await new App(page).open();
  const chats = new Chats(page);
  await chats.imports([chatOf(['Hello', 'Good morning.'], { id: 'a' })]);
  await app.composer.fill('A new idea');
  await chats.link('Hello').click();
  await expect(app.composer).toHaveValue('');
  await app.composer.fill('An answer to that');
  await chats.link('A new idea').click();
  await expect(app.composer).toHaveValue('A new idea');
  await chats.link('Hello').click();
  await expect(app.composer).toHaveValue('An answer to that');
  await page.reload();
  await expect(app.composer).toHaveValue('An answer to that');
  await chats.link('A new idea').click();
  await app.composer.fill('');
  await chats.link('Hello').click();
  // Nothing was written in it, so it is not stored.
  await expect(chats.links).toHaveText(['Hello']);
});

test('moves through a thousand chats by arrow keys, and draws only the visible ones', async ({
  page,
}) => {
  const app = await new App(page).open();
  const chats = new Chats(page);
  await chats.imports(
    Array.from({ length: 1000 }, (_, index) =>
      chatOf([`Chat ${index}`, 'Yes.'], { id: `c${index}`, atMs: Date.now() - index * 60_000 }),
    ),
  );
  await expect(chats.link('Chat 0')).toBeVisible();
  await expect.poll(() => chats.links.count()).toBeLessThan(60);
  await chats.link('Chat 0').focus();
  for (let step = 0; step < 40; step += 1) await page.keyboard.press('ArrowDown');
  await expect(chats.link(/^Chat 40$/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(app.page.getByRole('article', { name: 'Question' })).toHaveText('Chat 40');
});

test('lists chats that the app’s first version stored without a list', async ({ page }) => {
  const app = await new App(page).open();
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('corral-conversations');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('records', 'readwrite');
          const store = transaction.objectStore('records');
          store.clear();
          for (const id of ['one', 'two']) {
            const turns = [
              { role: 'user', id: `${id}q`, text: `Question ${id}`, atMs: 1_700_000_000_000 },
              {
                role: 'assistant',
                id: `${id}a`,
                text: `Answer ${id}`,
                atMs: 1_700_000_000_000,
                modelId: 'm',
                state: 'done',
              },
            ];
            const record = { schema: 1, id, createdMs: 1_700_000_000_000, turns, pinned: '' };
            store.put(record, `conversation:${id}`);
          }
          store.put('two', 'current');
          transaction.oncomplete = () => resolve();
        };
      }),
  );
  await page.goto('/');
  await page.reload();
  const chats = new Chats(page);
  await expect(chats.links).toHaveCount(2);
  await expect(app.answers).toHaveText([/Answer two/]);
  await chats.link('Question one').click();
  await expect(app.answers).toHaveText([/Answer one/]);
  // For an unknown model, only the id is shown.
  await expect(app.answers.first()).toContainText('m ·');
});

test('opens a drawer on a phone, and closes it with Escape or a selection', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 780 },
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const app = await new App(page).open();
  const chats = new Chats(page);
  const drawer = page.getByRole('dialog', { name: 'Chats' });
  const button = page.getByRole('button', { name: 'Chats', exact: true });
  await button.click();
  await chats.imports([chatOf(['Hello', 'Good morning.'], { id: 'a' })]);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(button).toBeFocused();
  await button.press('Enter');
  // The page behind it is inert.
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement === document.body || activeElement?.closest('dialog') !== null;
      }),
    ).toBe(true);
  }
  await chats.link('Hello').click();
  await expect(drawer).toBeHidden();
  await expect(app.answers).toHaveText([/Good morning/]);
  await context.close();
});

test('is in Italian too', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'it-IT' });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByRole('searchbox', { name: 'Cerca nelle chat' })).toBeVisible();
  await page.getByRole('button', { name: 'I tuoi dati' }).click();
  await expect(page.getByRole('menuitem', { name: 'Elimina tutti i miei dati' })).toBeVisible();
  await context.close();
});

/** Runs in the page: deletes all words that the search has kept, or puts others in their place. */
async function replaceSearchWords(kept: object | undefined): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)));
  const database = await done(indexedDB.open('corral-conversations'));
  const store = database.transaction('records', 'readwrite').objectStore('records');
  for (const key of await done(store.getAllKeys(IDBKeyRange.bound('search:', 'search;')))) {
    await (kept ? done(store.put(kept, key)) : done(store.delete(key)));
  }
  database.close();
}
