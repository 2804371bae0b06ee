// The actions of a message: continue, regenerate, edit, copy, delete.
import type { Locator, Page } from 'playwright/test';
import { App } from './app.ts';
import { chatOf, Chats } from './chats.ts';
import { openWithAnswers } from './stored-conversation.ts';
import { expect, test, testWith } from './test.ts';

test.use({ profile: 'with-model', builtIn: 'Cria' });
const loadedTest = testWith('SmolLM2 135M');
const criaTest = testWith('Cria on the CPU');

const story = 'Write a long story about a llama that lives on a farm.';

/** A message's own buttons, which show on hover or focus. */
async function near(message: Locator): Promise<Locator> {
  await message.hover();
  return message;
}

const question = (page: Page) => page.locator('[data-part="message"]').first();

async function choose(message: Locator, option: string) {
  await (await near(message)).getByRole('button', { name: 'More' }).click();
  await message.getByRole('menuitem', { name: option }).click();
}

async function openChat(page: Page): Promise<App> {
  const app = await new App(page).open();
  await new Chats(page).imports([
    chatOf(['One?', '**First** answer.', 'Two?', 'Second answer.'], { id: 'a' }),
  ]);
  await new Chats(page).link('One?').click();
  await expect(app.answers).toHaveCount(2);
  return app;
}

loadedTest('continues a stopped answer', async ({ app }) => {
  await app.type(story);
  await app.current().streams();
  await app.stop.click();
  await app.current().ended();
  const begun = (await app.current().text.textContent()) ?? '';
  const first = await app.current().tokens();
  await app.current().button('Continue').click();
  await app.current().goesOnFrom(begun);
  await app.stop.click();
  await app.current().ended();
  await expect(app.answers).toHaveCount(1);
  // In tokens: the prompt ends with the open beginning of the answer, and nothing is prefilled again.
  const second = await app.current().tokens();
  expect(second.read).toBeGreaterThan(first.read);
  expect(second.read - second.cached).toBeLessThan(8);
});

criaTest(
  'regenerates an answer as another version, and switches between both',
  async ({ app, page }) => {
    const first = await (await app.ask('What is the capital of France?')).text.textContent();
    await (await near(app.answers.first())).getByRole('button', { name: 'Regenerate' }).click();
    await app.current().ended();
    const versions = app.answers.first().getByRole('group', { name: 'Versions' });
    await expect(versions).toContainText('2 / 2');
    await versions.getByRole('button', { name: 'Previous version' }).click();
    await expect(versions).toContainText('1 / 2');
    await expect(app.current().text).toHaveText(first ?? '');
    await page.reload();
    await expect(versions).toContainText('1 / 2');
  },
);

test('sends an edited question as a branch, and returns to the first branch', async ({ page }) => {
  const app = await openChat(page);
  await (await near(question(page))).getByRole('button', { name: 'Edit' }).click();
  const field = page.getByRole('textbox', { name: 'Edit your message' });
  await expect(field).toBeFocused();
  await field.fill('What is the capital of France?');
  await field.press('Enter');
  await expect((await app.lastAnswer()).text).toContainText('Paris');
  await expect(app.answers).toHaveCount(1);
  const versions = question(page).getByRole('group', { name: 'Versions' });
  await expect(versions).toContainText('2 / 2');
  await versions.getByRole('button', { name: 'Previous version' }).click();
  await expect(app.answers).toHaveText([/First/, /Second/]);

  await app.composer.press('ArrowUp');
  await expect(field).toHaveValue('Two?');
  await field.press('Escape');
  await expect(field).toHaveCount(0);
});

test('edits an answer by keyboard, and goes on from it', async ({ page }) => {
  const app = await openChat(page);
  const last = app.answers.last();
  const edit = last.getByRole('button', { name: 'Edit the answer' });
  await edit.press('Enter');
  const field = page.getByRole('textbox', { name: 'Edit this answer' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('Second answer.');
  await field.fill('Something else.');
  await field.press('Escape');
  await expect(edit).toBeFocused();
  await expect(last).not.toContainText('Something else.');

  await edit.press('Enter');
  const begun = 'The colours of the flag of Italy are green, white';
  await field.fill(begun);
  await field.press('Control+Enter');
  await expect(app.current().text).toHaveText(begun);
  await expect(last).toContainText('Edited by you.');
  await expect(last.getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
  await expect(edit).toBeFocused();
  await expect(page.getByText('Your next question goes on from the edited answer.')).toBeAttached();

  await app.current().button('Continue').click();
  await app.current().goesOnFrom(begun);
  await app.current().ended();
  await expect(app.current().button('Continue')).toHaveCount(0);
  // The edited text and what follows it are in the KV cache: only the new question is read.
  const before = await app.current().tokens();
  const after = await (await app.ask('Which colours did you name?')).tokens();
  expect(after.cached).toBeGreaterThanOrEqual(before.read);
  await page.reload();
  await expect(app.answers).toHaveText([/First/, /green, white/, /./]);
  await expect(app.answers.nth(1)).toContainText('Edited by you.');
});

test('deletes a message with those that follow, and restores them', async ({ page }) => {
  const app = await openChat(page);
  await choose(page.locator('[data-part="message"]').nth(2), 'Delete');
  await expect(app.answers).toHaveText([/First/]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(app.answers).toHaveText([/First/, /Second/]);
  await choose(app.answers.first(), 'Delete');
  await expect(app.answers).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('article', { name: 'Question' })).toHaveText(['One?']);
  await page.getByRole('button', { name: 'Get an answer' }).click();
  await app.current().ended();
  await expect(app.answers).toHaveCount(1);
});

test('copies an answer as shown, and as Markdown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const app = await openChat(page);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const text = app.answers.first().locator('[data-part="text"]');
  // Until the markdown is drawn, its source is shown.
  await expect(text.locator('strong')).toHaveText('First');
  const shown = await text.innerText();
  await (await near(app.answers.first())).getByRole('button', { name: 'Copy' }).click();
  await expect(app.answers.first()).toContainText('Copied.');
  await expect.poll(copied).toBe(shown);
  await choose(app.answers.first(), 'Copy as Markdown');
  await expect.poll(copied).toBe('**First** answer.');
});

criaTest('shows an answer’s model, time and speed on request', async ({ app }) => {
  const { article } = await app.ask('What is the capital of France?');
  await near(article);
  await expect(article).toContainText('SmolLM2 135M ·');
  await expect(article.getByRole('time')).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT/);
  const stats = article.getByText(/tokens\/s/);
  await expect(stats).toBeHidden();
  await choose(article, 'Show details');
  await expect(stats).toBeVisible();
  await expect(
    article.getByText(/\d+ tokens read, \d+ of them from memory; \d+ written/),
  ).toBeVisible();
});

test('draws a long conversation to its beginning for a reader who stays at the top', async ({
  page,
}) => {
  const answers = Array.from({ length: 100 }, (_, at) => `Answer ${at + 1}.`);
  const app = await openWithAnswers(page, answers);
  // In each frame, as somebody who holds the key or drags the scroll bar: what is drawn above moves nothing away.
  await page.getByRole('region', { name: 'Conversation' }).evaluate((list) => {
    const stay = () => {
      list.scrollTop = 0;
      requestAnimationFrame(stay);
    };
    stay();
  });
  await expect(app.answers).toHaveCount(answers.length);
  await expect(app.answers.first()).toContainText('Answer 1.');
});

test('has actions that are all reachable by keyboard', async ({ page }) => {
  const app = await openChat(page);
  await app.answers.last().getByRole('button', { name: 'More' }).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Copy as Markdown' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(app.answers.last().getByRole('button', { name: 'More' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem').last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(app.answers).toHaveText([/First/]);
});
