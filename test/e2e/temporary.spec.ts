// A chat that is never stored: looked for in all that the browser keeps, and in another tab.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { Chats } from './chats.ts';
import { expect, testWith } from './test.ts';

const test = testWith('SmolLM2 135M');
const secret = 'Zanzibar';

/** What of IndexedDB and localStorage has the text in it. Models are too large to hold any. */
function storesWith(page: Page, text: string): Promise<string[]> {
  return page.evaluate(async (text) => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('cannot be read'));
      });
    const found = Object.values(localStorage).some((value) => String(value).includes(text))
      ? ['localStorage']
      : [];
    for (const { name = '' } of await indexedDB.databases()) {
      if (name === 'corral-weights') continue;
      const database = await result(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all = await result(database.transaction(store).objectStore(store).getAll());
        if (JSON.stringify(all).includes(text)) found.push(`${name}/${store}`);
      }
      database.close();
    }
    return found;
  }, text);
}

test('a temporary chat is in memory alone, until it is kept', async ({ app, page }) => {
  const chats = new Chats(page);
  const notice = page.getByRole('region', { name: 'Temporary chat' });
  await app.composer.fill(`${secret}! `);
  await expect.poll(() => storesWith(page, secret)).toEqual(['corral-conversations/records']);
  await page.getByRole('button', { name: 'Temporary chat' }).click();
  await expect(notice).toContainText('no part of it is stored');
  await expect(app.composer).toHaveValue(`${secret}! `);
  await expect.poll(() => storesWith(page, secret)).toEqual([]);

  const answer = await app.ask(`${secret}! What is the capital of France?`);
  await expect(answer.text).toContainText('Paris');
  await app.composer.fill(`Once more ${secret}`);
  const other = await new App(await page.context().newPage()).open();
  await expect(other.answers).toHaveCount(0);
  await expect(new Chats(other.page).links).toHaveCount(0);
  await expect(chats.links).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe('');
  // The draft of a chat that is kept would have been stored by now.
  await page.waitForTimeout(1000);
  expect(await storesWith(page, secret)).toEqual([]);

  await chats.newChat.click();
  await expect(notice).toHaveCount(0);
  await expect(page.getByText('Temporary chat ended.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(app.answers).toHaveCount(1);
  await expect(app.composer).toHaveValue(`Once more ${secret}`);

  await notice.getByRole('button', { name: 'Keep it' }).click();
  await expect(notice).toHaveCount(0);
  await expect(chats.links).toHaveCount(1);
  await expect(new Chats(other.page).links).toHaveCount(1);
  await expect.poll(() => storesWith(page, secret)).toEqual(['corral-conversations/records']);
  await other.page.close();
});
