// Keys and focus: keys of input methods, keys for the topmost layer, and where the focus goes.
import type { Locator, Page } from 'playwright/test';
import { App } from './app.ts';
import { chatOf, Chats } from './chats.ts';
import { expect, test, testWith } from './test.ts';

const loadedTest = testWith('SmolLM2 135M');

const story = 'Write a long story about a llama that lives on a farm.';

/** Safari's key event at the end of a composition: only the old key code shows it. */
function composed(field: Locator, key: string) {
  return field.evaluate((element, key) => {
    const init = { key, keyCode: 229, bubbles: true, cancelable: true };
    element.dispatchEvent(new KeyboardEvent('keydown', init));
  }, key);
}

async function openChat(page: Page): Promise<App> {
  return openChatIn(await new App(page).open());
}

async function openChatIn(app: App): Promise<App> {
  const { page } = app;
  const link = 'See [the farm](https://example.org/farm).';
  await new Chats(page).imports([chatOf(['One?', link, 'Two?', 'Second.'], { id: 'a' })]);
  await new Chats(page).link('One?').click();
  await expect(app.answers).toHaveCount(2);
  return app;
}

test('a key counts as soon as a dialog is closed', async ({ page }) => {
  await new App(page).open();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  // Before the event that reports it, as on a busy device.
  await page.evaluate(() => {
    document.querySelector<HTMLDialogElement>('dialog[open]')!.close();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }));
  });
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden();
});

test('keys of an input method trigger no action in any field', async ({ page }) => {
  const app = await openChat(page);
  await app.composer.fill('かな');
  await composed(app.composer, 'Enter');
  await expect(app.composer).toHaveValue('かな');
  await expect(app.answers).toHaveCount(2);
  await app.composer.fill('');
  await composed(app.composer, 'ArrowUp');
  const edited = page.getByRole('textbox', { name: 'Edit your message' });
  await expect(edited).toHaveCount(0);

  await app.composer.press('ArrowUp');
  await composed(edited, 'Enter');
  await composed(edited, 'Escape');
  await expect(edited).toBeVisible();
  await expect(app.answers).toHaveCount(2);
  await edited.press('Escape');

  const chats = new Chats(page);
  await chats.choose('One?', 'Rename');
  const name = page.getByRole('textbox', { name: 'Title of the chat' });
  await expect(name).toBeFocused();
  await name.fill('名前');
  await composed(name, 'Enter');
  await composed(name, 'Escape');
  await expect(name).toHaveValue('名前');
  await name.press('Enter');
  await expect(chats.link('名前')).toBeVisible();

  await chats.search.fill('第');
  await composed(chats.search, 'Escape');
  await expect(chats.search).toHaveValue('第');
  await chats.search.press('Escape');

  await page.getByRole('button', { name: /^Pin/ }).click();
  const pin = page.getByRole('textbox', { name: 'Pinned instruction' });
  await pin.fill('短く');
  await composed(pin, 'Enter');
  await composed(pin, 'Escape');
  await expect(pin).toHaveValue('短く');
  await pin.press('Escape');

  await page.getByRole('button', { name: 'Date for this question' }).click();
  const date = page.getByRole('textbox', { name: 'Date for this question' });
  await date.fill('2007');
  await composed(date, 'Enter');
  await composed(date, 'Escape');
  await expect(date).toHaveValue('2007');
});

loadedTest(
  'Escape closes the topmost layer first, and stops the answer last',
  async ({ app, page }) => {
    await openChatIn(app);
    await app.type(story);
    await app.current().streams();
    const goesOn = () => expect(app.current().article).toHaveAttribute('aria-busy', 'true');
    const closes = async (layer: Locator) => {
      await expect(layer).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(layer).toBeHidden();
      await goesOn();
    };
    await app.answers.first().hover();
    await app.answers.first().getByRole('button', { name: 'More' }).click();
    await closes(page.getByRole('menuitem', { name: 'Copy as Markdown' }));
    await app.answers.first().getByRole('link', { name: 'the farm' }).click();
    await closes(page.getByRole('dialog', { name: /link/i }));
    await page.getByRole('button', { name: 'Date for this question' }).click();
    await closes(page.getByRole('textbox', { name: 'Date for this question' }));
    await page.getByRole('button', { name: /^Pin/ }).click();
    await closes(page.getByRole('textbox', { name: 'Pinned instruction' }));
    const meter = page.getByText('Reserved for the answer');
    await page.locator('summary', { hasText: /\d+ \/ / }).click();
    // From any focus.
    await app.composer.focus();
    await closes(meter);
    const size = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Chats', exact: true }).click();
    await closes(page.getByRole('dialog', { name: 'Chats' }));
    await page.keyboard.press('Escape');
    await app.current().ended();
    await expect(app.current().article).toContainText('Stopped.');
    if (size) await page.setViewportSize(size);
  },
);

loadedTest(
  'the focus returns to the message field when the focused element is removed',
  async ({ app, page }) => {
    await openChatIn(app);
    await app.composer.fill(story);
    await app.send.focus();
    await page.keyboard.press('Enter');
    await expect(app.composer).toBeFocused();
    await app.current().streams();
    await app.stop.focus();
    await page.keyboard.press('Enter');
    await app.current().ended();
    await expect(app.composer).toBeFocused();

    await app.answers.last().getByRole('button', { name: 'More' }).press('Enter');
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await page.keyboard.press('End');
    await expect(page.getByRole('menuitem').last()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(app.answers).toHaveCount(2);
    await expect(app.composer).toBeFocused();
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect(app.answers).toHaveCount(3);
    await expect(app.composer).toBeFocused();

    await page.getByRole('button', { name: /^Pin/ }).press('Enter');
    const pin = page.getByRole('textbox', { name: 'Pinned instruction' });
    await expect(pin).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(app.composer).toBeFocused();
    await page.getByRole('button', { name: 'Date for this question' }).press('Enter');
    await page.keyboard.press('Escape');
    await expect(app.composer).toBeFocused();
    await app.composer.press('ArrowUp');
    await expect(page.getByRole('textbox', { name: 'Edit your message' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(app.composer).toBeFocused();

    // The opener of a dialog, if it still exists, gets the focus back.
    await app.modelsButton.press('Enter');
    await expect(app.models).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(app.modelsButton).toBeFocused();
  },
);

test('the end of the chat stays visible as the field grows and the window shrinks', async ({
  page,
}) => {
  const app = await new App(page).open();
  const texts = Array.from({ length: 12 }, (_, at) => `Message ${at}\n\nof several\n\nlines`);
  await new Chats(page).imports([chatOf(texts, { id: 'a' })]);
  await new Chats(page).links.first().click();
  const list = page.getByRole('region', { name: 'Conversation' });
  const leftPixels = () =>
    list.evaluate(({ scrollHeight, scrollTop, clientHeight }) =>
      Math.round(scrollHeight - scrollTop - clientHeight),
    );
  await expect.poll(leftPixels).toBeLessThan(2);
  for (let line = 0; line < 8; line += 1) await app.composer.press('Shift+Enter');
  await expect.poll(leftPixels).toBeLessThan(2);
  const size = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ ...size, height: size.height - 280 });
  await expect.poll(leftPixels).toBeLessThan(2);
  await page.setViewportSize(size);
  await expect.poll(leftPixels).toBeLessThan(2);
  // A reader further up is not moved.
  await list.evaluate((element) => element.scrollTo({ top: 0 }));
  await app.composer.press('Shift+Enter');
  await expect.poll(() => list.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
});

test('announces “Copied.” for each of several quick copies', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.clock.install();
  const app = await openChat(page);
  const answer = app.answers.last();
  await answer.hover();
  const said = answer.getByRole('status').filter({ hasText: 'Copied.' });
  await answer.getByRole('button', { name: 'Copy' }).click();
  await expect(said).toBeVisible();
  await page.clock.runFor(2000);
  await answer.getByRole('button', { name: 'More' }).click();
  await answer.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
  await expect(said).toBeVisible();
  // The first one's time is over; the second one's is not.
  await page.clock.runFor(2000);
  await expect(said).toBeVisible();
  await page.clock.runFor(600);
  await expect(said).toHaveCount(0);
});
