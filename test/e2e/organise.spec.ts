// Keeping order among chats: several at once, tags with a filter, and titles that the model suggests.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { chatOf, Chats } from './chats.ts';
import { expect, test } from './test.ts';

test.use({ profile: 'with-model' });

const names = ['Apples?', 'Bears?', 'Cars?', 'Dogs?'];

async function openChats(page: Page) {
  const app = await new App(page).open();
  const chats = new Chats(page);
  const nowMs = Date.now();
  // The first one is the newest, which the list has at its top.
  await chats.imports(
    names.map((name, at) =>
      chatOf([name, 'An answer.'], { id: `c${at}`, atMs: nowMs - at * 1000 }),
    ),
  );
  await expect(chats.links).toHaveText(names);
  return { app, chats };
}

const box = (page: Page, name: string) => page.getByRole('checkbox', { name });
const bar = (page: Page) => page.getByRole('group', { name: 'Selected chats' });

test('selects several chats, by range and by keyboard, and deletes, pins and exports them', async ({
  page,
}) => {
  const { chats } = await openChats(page);
  const select = page.getByRole('button', { name: 'Select chats' });
  await select.press('Enter');
  await expect(bar(page).getByRole('button', { name: 'All shown (4)' })).toBeFocused();
  await expect(bar(page).getByRole('button', { name: 'Delete' })).toBeDisabled();

  await box(page, 'Bears?').click();
  await box(page, 'Dogs?').click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('3 chats selected');
  await box(page, 'Dogs?').press('Space');
  await box(page, 'Dogs?').press('ArrowUp');
  await expect(box(page, 'Cars?')).toBeFocused();
  await expect(bar(page)).toContainText('2 chats selected');

  const file = await chats.saved(() => bar(page).getByRole('button', { name: 'Export' }).click());
  const { conversations } = JSON.parse(file) as { conversations: { id: string }[] };
  expect(conversations.map(({ id }) => id).sort()).toEqual(['c1', 'c2']);

  await bar(page).getByRole('button', { name: 'Pin to the top' }).click();
  await expect(page.getByRole('checkbox')).toHaveText(['Bears?', 'Cars?', 'Apples?', 'Dogs?']);
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await expect(chats.links).toHaveText(['Apples?', 'Dogs?']);
  await expect(select).toBeFocused();
  await expect(page.getByText('2 chats deleted.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(chats.links).toHaveText(['Bears?', 'Cars?', 'Apples?', 'Dogs?']);

  // Hits of a search can be selected too, and Escape ends the selection.
  await chats.search.fill('cars');
  await expect(chats.links).toHaveCount(1);
  await select.click();
  await bar(page).getByRole('button', { name: 'All shown (1)' }).click();
  await expect(bar(page)).toContainText('1 chat selected');
  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);
  await expect(select).toBeFocused();
});

test('gives chats tags, filters by them, and keeps them in exports', async ({ page }) => {
  const { chats } = await openChats(page);
  const dialog = page.getByRole('dialog', { name: /^Tags of/ });
  const field = dialog.getByRole('textbox', { name: 'New tag' });
  await chats.choose('Apples?', 'Tags…');
  await field.fill('  Garden ');
  await field.press('Enter');
  await expect(dialog.getByRole('checkbox', { name: 'Garden' })).toBeChecked();
  await field.fill('GARDEN');
  await field.press('Enter');
  await expect(dialog.getByRole('checkbox')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(chats.link('Apples?')).toContainText('Garden');

  await page.getByRole('button', { name: 'Select chats' }).click();
  await box(page, 'Apples?').click();
  await box(page, 'Bears?').click();
  await bar(page).getByRole('button', { name: 'Tags…' }).click();
  await expect(dialog.getByRole('checkbox', { name: 'Garden' })).toHaveJSProperty(
    'indeterminate',
    true,
  );
  // What was typed counts also if it was not added first.
  await field.fill('wild');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await bar(page).getByRole('button', { name: 'End the selection' }).click();
  await expect(chats.link('Bears?')).toContainText('wild');

  const filter = page.getByRole('group', { name: 'Show chats with these tags' });
  await filter.getByRole('button', { name: 'wild' }).click();
  await expect(chats.links).toHaveText([/Apples/, /Bears/]);
  await filter.getByRole('button', { name: 'Garden' }).click();
  await expect(chats.links).toHaveText([/Apples/]);
  await chats.search.fill('answer');
  await expect(page.getByText('1 chat found')).toBeVisible();
  await filter.getByRole('button', { name: 'Garden' }).click();
  await expect(page.getByText('2 chats found')).toBeVisible();
  await chats.search.fill('');

  await page.reload();
  await expect(chats.link('Apples?')).toContainText('Garden · wild');
  const file = await chats.saved(() => chats.chooseData('Export all chats'));
  expect(file).toContain('"tags":["Garden","wild"]');
});

test('the model suggests a title, which gives way to a question and to the visitor’s own', async ({
  page,
}) => {
  const app = await new App(page).open();
  const chats = new Chats(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('radio', { name: 'By every model' }).check();
  await settings.getByRole('button', { name: 'Close' }).click();

  const question = 'What is the capital of France?';
  const first = await (await app.ask(question)).tokens();
  await expect(chats.links).not.toHaveText([question], { timeout: 60_000 });
  const title = (await chats.links.textContent()) ?? '';
  expect(title.trim()).toMatch(/^\S.{0,59}$/);
  // Nothing of the chat is read again.
  const second = await (await app.ask('And of Italy?')).tokens();
  expect(second.cached).toBeGreaterThanOrEqual(first.read + first.written - 1);

  await chats.choose(title.trim(), 'Rename');
  const field = page.getByRole('textbox', { name: 'Title of the chat' });
  await field.fill('');
  await field.press('Enter');
  await expect(chats.links).toHaveText([question]);

  await chats.newChat.click();
  await app.type('Say yes.');
  await app.current().ended();
  // Asked at once, before there is a title.
  await app.type('Say no.');
  await app.current().ended();
  await expect(app.answers).toHaveCount(2);
  await expect(chats.links).toHaveText(['Say yes.', question]);
});

test('a change of many chats shows how far it is, and what is done stays when it is cancelled', async ({
  page,
}) => {
  const app = await new App(page).open();
  const chats = new Chats(page);
  const many = Array.from({ length: 800 }, (_, at) =>
    chatOf([`Question ${at}`, 'An answer.'], { id: `m${at}`, atMs: 1e12 + at }),
  );
  await chats.imports(many);
  await page.getByRole('button', { name: 'Select chats' }).click();
  await page.getByRole('button', { name: 'All shown (800)' }).click();
  await expect(bar(page)).toContainText('800 chats selected');
  await bar(page).getByRole('button', { name: 'Pin to the top' }).click();
  await expect(page.getByRole('progressbar', { name: 'Chats changed' })).toBeVisible();
  await expect(bar(page).getByRole('button', { name: 'Delete' })).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar', { name: 'Chats changed' })).toHaveCount(0);
  const saved = await chats.saved(() => chats.chooseData('Export all chats'));
  const { conversations } = JSON.parse(saved) as { conversations: { onTop?: boolean }[] };
  const pinned = conversations.filter(({ onTop }) => onTop).length;
  expect(pinned).toBeGreaterThan(0);
  expect(pinned).toBeLessThan(800);

  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await expect(chats.links).toHaveCount(0, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('800 chats', { exact: false })).toHaveCount(0, { timeout: 60_000 });
  await expect(chats.links.first()).toBeVisible();
  await expect(app.composer).toBeVisible();
});
