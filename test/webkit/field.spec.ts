// What is typed and pressed: the message field, dialogs, the sizes of a phone.
import { expect, shows, test } from './test.ts';

test('the message field grows with its text', async ({ app }) => {
  const height = () => app.composer.evaluate((field) => field.getBoundingClientRect().height);
  const single = await height();
  await app.composer.fill('one two three four five '.repeat(40));
  await expect.poll(height).toBeGreaterThan(single + 40);
  await app.composer.fill('');
  await expect.poll(height).toBe(single);
});

test('the Enter that ends a composition sends nothing', async ({ app, tab }) => {
  await app.composer.fill('にほんご');
  // Safari says so only by the key's old code.
  await app.composer.evaluate((field) => {
    const key = { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true };
    field.dispatchEvent(new KeyboardEvent('keydown', key));
  });
  await app.composer.press('!');
  await expect.poll(() => app.composer.inputValue()).toBe('にほんご!');
  expect(await tab.getByRole('article', { name: 'Question' }).count()).toBe(0);
});

test('a press beside a dialog closes it, and one in it does not', async ({ app, tab }) => {
  const dialog = await app.dialog('Settings', 'Settings');
  const box = await dialog.evaluate((element) => element.getBoundingClientRect().toJSON());
  await tab.mouse.click(box.x + 8, box.y + 8);
  await shows(dialog, 'Italiano');
  await tab.mouse.click(box.x / 2, box.y + box.height / 2);
  await dialog.waitFor({ state: 'hidden' });
});

test('everything fits a phone’s window, and fields are large enough not to be zoomed', async ({
  app,
  tab,
}) => {
  await tab.setViewportSize({ width: 390, height: 780 });
  await app.composer.waitFor();
  const overflow = () => tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await expect.poll(overflow).toBeLessThanOrEqual(0);
  const size = await app.composer.evaluate((field) => parseFloat(getComputedStyle(field).fontSize));
  expect(size).toBeGreaterThanOrEqual(16);
  await tab.getByRole('button', { name: 'Chats', exact: true }).click();
  await app.search.waitFor();
  await tab.keyboard.press('Escape');
  await app.search.waitFor({ state: 'hidden' });
});
