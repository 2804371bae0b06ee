// Two real tabs with one conversation: each sees the other's changes, and neither loses anything.
import type { Page } from 'playwright/test';
import { findPart } from '../app-parts.ts';
import { App } from './app.ts';
import { chatOf, Chats } from './chats.ts';
import { expect, test } from './test.ts';

test.use({ profile: 'with-model' });

const story = 'Write a long story about a llama that lives on a farm.';

async function openTwo(page: Page): Promise<[App, App]> {
  const first = await new App(page).open();
  await new Chats(page).imports([chatOf(['Hello', 'Good morning.'], { id: 'a' })]);
  await new Chats(page).link('Hello').click();
  await expect(first.answers).toHaveCount(1);
  const other = await page.context().newPage();
  const second = await new App(other).open(page.url());
  await expect(second.answers).toHaveCount(1);
  return [first, second];
}

/** The engines' own workers in a tab; workers that they start have other addresses. */
const enginesOf = ({ page }: App) =>
  page.workers().filter((worker) => worker.url().includes('/engine-')).length;

const versionsOf = (app: App, message: number) =>
  app.page.locator('[data-part="message"]').nth(message).getByRole('group', { name: 'Versions' });

test('an answer that one tab writes appears in the other tab as it grows', async ({ page }) => {
  const [first, second] = await openTwo(page);
  await first.type(story);
  await first.current().streams();
  await expect(second.answers).toHaveCount(2);
  await expect(second.current().text).toHaveText(/\w+ \w+/);
  await expect(second.current().article).toHaveAttribute('aria-busy', 'true');
  await first.stop.click();
  await first.current().ended();
  const written = await first.current().text.textContent();
  await expect(second.current().text).toHaveText(written ?? '');
  await expect(second.current().article).toContainText('Stopped.');
});

test('an answer in one tab and an edit in another become branches in both, also after a reload', async ({
  page,
}) => {
  const [first, second] = await openTwo(page);
  await first.type(story);
  await first.current().streams();
  // The other tab edits the first question, and renames the chat meanwhile.
  await second.page.locator('[data-part="message"]').first().hover();
  await second.page.getByRole('button', { name: 'Edit' }).first().click();
  const field = second.page.getByRole('textbox', { name: 'Edit your message' });
  await field.fill('What is the capital of France?');
  await field.press('Enter');
  await new Chats(second.page).choose('Hello', 'Rename');
  await second.page.getByRole('textbox', { name: 'Title of the chat' }).fill('Ours');
  await second.page.keyboard.press('Enter');
  // The first tab stays with the answer that it writes, and sees the branch and the title.
  await expect(versionsOf(first, 0)).toContainText('1 / 2');
  await expect(new Chats(first.page).link('Ours')).toBeVisible();
  await expect(first.answers).toHaveCount(2);
  await first.stop.click();
  await first.current().ended();
  const written = (await first.current().text.textContent()) ?? '';
  await expect((await second.lastAnswer()).text).toContainText('Paris');
  for (const app of [first, second]) {
    await app.page.reload();
    await expect(versionsOf(app, 0)).toContainText('/ 2');
    if (!(await versionsOf(app, 0).textContent())?.includes('1 / 2')) {
      await versionsOf(app, 0).getByRole('button', { name: 'Previous version' }).click();
    }
    await expect(app.current().text).toHaveText(written);
    await versionsOf(app, 0).getByRole('button', { name: 'Next version' }).click();
    await expect(app.answers).toHaveText([/Paris/]);
  }
});

test('a second tab uses the loaded model, waits its turn, and takes over when the first is closed', async ({
  page,
}) => {
  const first = await new App(page).open();
  await first.loadModel();
  const second = await new App(await page.context().newPage()).open('/');
  await expect(second.modelsButton).toHaveAccessibleName(/ready/);
  const newChat = findPart(second.page, 'newChat');
  await newChat.click();
  await expect((await second.ask('What is the capital of France?')).text).toContainText('Paris');
  expect([enginesOf(first), enginesOf(second)]).toEqual([1, 0]);

  // Two questions of one tab do not come before one of the other.
  await first.type(story);
  await first.current().streams();
  await newChat.click();
  await second.type('What is the capital of France?');
  await expect(second.current().article).toContainText('the model is answering in another tab');
  await first.stop.click();
  await first.current().ended();
  await first.type(story);
  await expect((await second.lastAnswer()).text).toContainText('Paris');

  // The first tab's answer is stopped, so that the second one is being answered when the first is closed.
  await first.current().streams();
  await first.stop.click();
  await first.current().ended();
  await second.type(story);
  await second.current().streams();
  await page.close();
  await second.current().failsWith('engine-moved');
  const kept = (await second.current().text.textContent()) ?? '';
  expect(kept).toMatch(/\w+ \w+/);
  await second.current().button('Continue').click();
  await second.current().goesOnFrom(kept);
  await second.stop.click();
  await second.current().ended();
  expect(enginesOf(second)).toBe(1);
});

test('the answer of a killed tab is unfinished in the other tab', async ({ page }) => {
  const [first, second] = await openTwo(page);
  await first.type(story);
  await first.current().streams();
  await expect(second.current().text).toHaveText(/\w+ \w+/);
  const crashed = first.page.waitForEvent('crash');
  void first.page.goto('chrome://crash').catch(() => {}); // it never arrives
  await crashed;
  await expect(second.current().article).toContainText('Unfinished');
  await expect(second.current().text).toHaveText(/\w+ \w+/);
  await second.current().button('Continue').click();
  await expect(second.current().article).toHaveAttribute('aria-busy', 'true');
  // The killed tab held the engine.
  await expect.poll(() => enginesOf(second)).toBe(1);
  await second.stop.click();
  await second.current().ended();
});

test.describe('with answers that take no time', () => {
  test.use({ builtIn: 'Cria' });

  test('simultaneous questions in two tabs become branches', async ({ page }) => {
    const [first, second] = await openTwo(page);
    await first.composer.fill('What is the capital of France?');
    await second.composer.fill('What is the capital of Italy?');
    // A tab that learns of the other's question before it asks continues there instead. So both threads are busy, and
    // hear nothing, until the moment of both presses.
    const atMs = Date.now() + 2000;
    const pressEnter = (field: HTMLElement | SVGElement, atMs: number) => {
      while (Date.now() < atMs);
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
      );
    };
    await Promise.all([first, second].map((app) => app.composer.evaluate(pressEnter, atMs)));
    await expect((await first.lastAnswer()).text).toContainText('Paris');
    await expect((await second.lastAnswer()).text).toContainText('Rome');
    await expect(versionsOf(first, 2)).toContainText('/ 2');
    await expect(versionsOf(second, 2)).toContainText('/ 2');
  });

  test('a second tab answers although the tab that holds the engine hangs', async ({ page }) => {
    const first = await new App(page).open();
    await first.loadModel();
    const second = await new App(await page.context().newPage()).open('/');
    await expect(second.modelsButton).toHaveAccessibleName(/ready/);
    expect([enginesOf(first), enginesOf(second)]).toEqual([1, 0]);
    // An open dialog blocks the thread of its page: no message is received and no timer runs.
    const opened = page.waitForEvent('dialog');
    void page.evaluate(() => alert('Blocks the page until it is closed.')).catch(() => {});
    const dialog = await opened;
    await second.type('What is the capital of France?');
    // The app replaces the holder after 20 seconds.
    await expect(second.current().text).toContainText('Paris', { timeout: 45_000 });
    expect(enginesOf(second)).toBe(1);
    await dialog.dismiss();
    await findPart(page, 'newChat').click();
    await expect((await first.ask('What is the capital of Italy?')).text).toContainText('Rome');
  });

  test('a chat that one tab deletes is closed in the other, and Undo restores it there', async ({
    page,
  }) => {
    const [first, second] = await openTwo(page);
    await new Chats(first.page).choose('Hello', 'Delete');
    await expect(second.answers).toHaveCount(0);
    await expect(new Chats(second.page).links).toHaveCount(0);
    await first.page.getByRole('button', { name: 'Undo' }).click();
    await expect(new Chats(second.page).links).toHaveText(['Hello']);
  });
});
