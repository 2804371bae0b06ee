// The pinned instruction, with Cria in the real WebLLM: Cria's answer shows whether it was in the prompt.
import type { Page } from 'playwright/test';
import type { App } from './app.ts';
import { chatOf, Chats } from './chats.ts';
import { expect, testWith } from './test.ts';

const test = testWith('Cria');

const question = 'What is the capital of France?';
/** Each exchange has about 21 tokens, and 464 of Cria's 512 are for the prompt. */
const turnsUntilTrimmed = 24;
const boundary = 'The model no longer sees the messages above';

async function openPin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pin an instruction' }).click();
}

async function closePin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Done' }).click();
}

async function check(page: Page, kind: string, value?: string): Promise<void> {
  await openPin(page);
  await page.getByRole('combobox', { name: 'Check the answers' }).selectOption({ label: kind });
  if (value !== undefined) {
    await page.getByRole('textbox', { name: 'What to check for' }).fill(value);
  }
  await closePin(page);
}

/** Of the exchanges, the first ten at least. */
async function areDropped(app: App): Promise<void> {
  await expect(app.page.getByText(boundary)).toBeVisible();
  const dropped = app.page.locator(':has(~ .boundary) > article[aria-label="Question"]');
  await expect.poll(() => dropped.count()).toBeGreaterThanOrEqual(10);
}

test('a pinned instruction still holds when trimming has dropped the first ten exchanges', async ({
  app,
}) => {
  await app.pin('Answer in upper case.');
  await expect((await app.ask(question)).text).toHaveText('PARIS.');
  for (let turn = 1; turn < turnsUntilTrimmed; turn += 1) await app.ask(question);
  await areDropped(app);
  await expect((await app.ask('What is the capital of Italy?')).text).toHaveText('ROME.');
});

test('an instruction that is not pinned is lost with the first ten exchanges', async ({
  app,
  page,
}) => {
  const said = `Answer in upper case.\n${question}`;
  await expect((await app.ask(said)).text).toHaveText('PARIS.');
  // The same chat after that many more answers.
  const later = Array.from({ length: turnsUntilTrimmed - 1 }, () => [question, 'Paris.']).flat();
  const chats = new Chats(page);
  await chats.imports([{ ...chatOf([said, 'PARIS.', ...later], { id: 'later' }), title: 'Later' }]);
  await chats.link('Later').click();
  // Asked before it is shown, the question would go to the first chat.
  await expect(app.answers.last()).toContainText('Paris.');
  await expect((await app.ask('What is the capital of Italy?')).text).toHaveText('Rome.');
  await app.drawAll();
  await areDropped(app);
});

test('an instruction goes with every message or into the system text, as selected', async ({
  app,
  page,
}) => {
  const plain = await (await app.ask('Hello')).tokens();
  await app.pin('Answer in upper case.');
  await openPin(page);
  await page.getByRole('radio', { name: 'With every message' }).check();
  await closePin(page);
  await page.getByRole('button', { name: 'New chat' }).click();
  const first = await app.ask(question);
  await expect(first.text).toHaveText('PARIS.');
  const one = (await first.tokens()).read;
  const second = await (await app.ask(question)).tokens();
  // Repeated with the second question: the tokens of the first, the answer's, its space and </s>.
  expect(second.read).toBe(2 * one + (await first.tokens()).written + 2);
  expect(second.cached).toBe(one + (await first.tokens()).written);
  expect(plain.read).toBeLessThan(one);

  await page.reload();
  await openPin(page);
  await expect(page.getByRole('radio', { name: 'With every message' })).toBeChecked();
  await closePin(page);
});

test('shows for each turn whether the instruction was followed, and regenerates with a reminder', async ({
  app,
  page,
}) => {
  await app.pin('End every answer with 🦙.');
  await check(page, 'Ends with', '🦙');
  const held = await app.ask(question);
  await expect(held.text).toHaveText('Paris. 🦙');
  await expect(held.article).toContainText('Followed the pinned instruction');
  await expect(held.button('Regenerate with a reminder')).toHaveCount(0);

  await check(page, 'Has at most this many words', '1');
  await expect(held.article).toContainText('Did not follow the pinned instruction');
  const { read } = await held.tokens();
  await held.button('Regenerate with a reminder').click();
  const again = await app.lastAnswer();
  await expect(app.answers).toHaveCount(1);
  // "End every answer with 🦙." is in the prompt twice.
  expect((await again.tokens()).read).toBeGreaterThan(read + 5);

  await app.ask('Hello');
  await check(page, 'Contains an emoji');
  await expect(page.locator('[data-part="pin-score"]')).toHaveText('followed 2 of 2');
  await openPin(page);
  await expect(
    page.getByRole('list', { name: 'All turns, oldest first' }).getByRole('listitem'),
  ).toHaveText([/^✓Followed/, /^✓Followed/]);
  await closePin(page);
});

test('answers from before an instruction was pinned are not judged by it', async ({
  app,
  page,
}) => {
  await app.ask(question);
  await app.pin('Answer in Italian.');
  await check(page, 'Ends with', '!');
  const second = await app.ask(question);
  await expect(second.text).toHaveText('Parigi.');
  await expect(page.getByText('Did not follow the pinned instruction')).toHaveCount(1);
});

test('a pattern that does not end is stopped, and the page keeps working', async ({
  app,
  page,
}) => {
  await app.pin('You are a helpful assistant.');
  await check(page, 'Matches a regular expression', '^[a-z ]+$');
  const answer = await app.ask('Repeat: river stone cloud green');
  await expect(answer.article).toContainText('Followed the pinned instruction');
  await check(page, 'Matches a regular expression', '^(((\\w+\\s?)+)+)+!$');
  await expect(answer.article).toContainText('Unclear whether it followed');
  await expect((await app.ask(question)).text).toHaveText('Paris.');
});

test('an instruction that leaves no room for a message gives an error, and the chat is unchanged', async ({
  app,
}) => {
  await app.ask(question);
  await app.pin('🦙'.repeat(200));
  const answer = await app.ask('Hello');
  await answer.failsWith('instructions-too-long');
  await app.pin('');
  await answer.button('Try again').click();
  await expect((await app.lastAnswer()).text).toHaveText('Hello.');
  await expect(app.answers).toHaveCount(2);
});
