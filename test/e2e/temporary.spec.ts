// A chat that is never stored: looked for in the browser's whole storage, and in another tab.
import { App } from './app.ts';
import { Chats } from './chats.ts';
import { storesWith } from './stores-with.ts';
import { expect, testWith } from './test.ts';

const test = testWith('SmolLM2 135M');
const secret = 'the capital of';

test('a temporary chat is only in memory until it is kept', async ({ app, page }) => {
  const chats = new Chats(page);
  const notice = page.getByRole('region', { name: 'Temporary chat' });
  await app.composer.fill('And the capital of Spain?');
  await expect.poll(() => storesWith(page, secret)).toEqual(['corral-conversations/records']);
  await page.getByRole('button', { name: 'Temporary chat' }).click();
  await expect(notice).toContainText('nothing is stored');
  await expect(app.composer).toHaveValue('And the capital of Spain?');
  await expect.poll(() => storesWith(page, secret)).toEqual([]);

  const answer = await app.ask('What is the capital of France?');
  await expect(answer.text).toContainText('Paris');
  await app.composer.fill('And the capital of Spain?');
  const other = await new App(await page.context().newPage()).open();
  await expect(other.answers).toHaveCount(0);
  await expect(new Chats(other.page).links).toHaveCount(0);
  await expect(chats.links).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe('');
  // The draft of a stored chat would be stored by now.
  await page.waitForTimeout(1000);
  await expect.poll(() => storesWith(page, secret)).toEqual([]);

  await chats.newChat.click();
  await expect(notice).toHaveCount(0);
  await expect(page.getByText('Temporary chat ended.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(app.answers).toHaveCount(1);
  await expect(app.composer).toHaveValue('And the capital of Spain?');

  await notice.getByRole('button', { name: 'Keep chat' }).click();
  await expect(notice).toHaveCount(0);
  await expect(chats.links).toHaveCount(1);
  await expect(new Chats(other.page).links).toHaveCount(1);
  await expect.poll(() => storesWith(page, secret)).toEqual(['corral-conversations/records']);
  await other.page.close();
});
