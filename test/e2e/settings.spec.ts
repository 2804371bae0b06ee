// The settings for all chats.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { expect, test, testWith } from './test.ts';

test.use({ profile: 'with-model' });
const loadedTest = testWith('SmolLM2 135M');

async function openSettings(page: Page) {
  await page.getByRole('button', { name: 'Settings' }).click();
  return page.getByRole('dialog', { name: 'Settings' });
}

const background = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('a selected theme overrides the device’s, after a reload and in other tabs', async ({
  page,
  context,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await new App(page).open();
  const light = await background(page);
  const other = await context.newPage();
  await other.emulateMedia({ colorScheme: 'light' });
  await new App(other).open();
  const settings = await openSettings(page);
  await settings.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(() => background(page)).not.toBe(light);
  const dark = await background(page);
  await expect.poll(() => background(other)).toBe(dark);
  await page.reload();
  await expect.poll(() => background(page)).toBe(dark);
  await (await openSettings(page)).getByRole('radio', { name: 'Same as the device' }).check();
  await expect.poll(() => background(page)).toBe(light);
});

test('a selected language replaces the browser’s immediately, also during an answer', async ({
  page,
}) => {
  const app = await new App(page).open();
  await app.type('Write a long story about a llama that lives on a farm.');
  await app.current().streams();
  // `check` would look for the radio afterwards, whose name has changed by then.
  await (await openSettings(page)).getByRole('radio', { name: 'Italiano' }).click();
  await expect(page.getByRole('textbox', { name: 'Messaggio' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
  const answer = page.getByRole('article', { name: 'Risposta' }).locator('[data-part="text"]');
  await expect(answer).toHaveText(/\w+ \w+/);
  const before = (await answer.textContent())?.length ?? 0;
  await expect.poll(async () => (await answer.textContent())?.length).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Ferma' }).click();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Messaggio' })).toBeVisible();
});

test('links to models, privacy and keyboard shortcuts, and lists the parts of the app', async ({
  page,
}) => {
  const app = await new App(page).open();
  const settings = await openSettings(page);
  await expect(settings).toContainText(/@mlc-ai\/web-llm 0\.\d+\.\d+/);
  const licences = await settings
    .getByRole('link', { name: 'Licences of all parts' })
    .getAttribute('href');
  const notices = await page.request.get(new URL(licences ?? '', page.url()).href);
  expect(await notices.text()).toContain('Third-party works in Corral');

  await settings.getByRole('button', { name: 'Choose a model' }).click();
  await expect(app.models).toBeVisible();
  await expect(settings).toBeHidden();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await (await openSettings(page)).getByRole('button', { name: 'Keyboard' }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toContainText('New chat');
});

loadedTest('keys: help, message field, stop', async ({ app, page }) => {
  await app.composer.blur();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden();
  await page.keyboard.press('/');
  await expect(app.composer).toBeFocused();
  await expect(app.composer).toHaveValue('');
  await app.type('Write a long story about a llama that lives on a farm.');
  await app.current().streams();
  await page.keyboard.press('Escape');
  await app.current().ended();
  await expect(app.current().article).toContainText('Stopped.');
});
