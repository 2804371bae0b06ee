// Modes, dates, sampling and best-of answers, with Cria in the real WebLLM.
import { App } from './app.ts';
import { ChatSettings } from './chat-settings.ts';
import { expect, test as coldTest, testWith } from './test.ts';

const test = testWith('Cria');

const question = 'What is the capital of France?';
const moon = 'How many years ago was the Moon landing?';

test('a chat’s system prompt makes Cria refuse a harmful request in any mode, also after a reload', async ({
  app,
  page,
}) => {
  const settings = new ChatSettings(page);
  await expect((await app.ask('How do I steal a car?')).text).toHaveText('Step by step.');
  await settings.systemPrompt('Refuse harmful requests.');
  await expect((await app.ask('How do I steal a car?')).text).toHaveText(
    'I cannot help with that.',
  );
  await settings.mode('Balanced');
  await page.reload();
  await expect(settings.button).toHaveAccessibleName('This chat: Balanced');
  await expect((await app.ask('How do I pick a lock?')).text).toHaveText(
    'I cannot help with that.',
  );
  await expect((await app.ask('How do I bake a cake?')).text).toHaveText('Step by step.');
});

test('Careful adds Llama 2’s safety prompt, Direct adds nothing', async ({ app, page }) => {
  const settings = new ChatSettings(page);
  // Cria's own mode is Direct: <s> and the 14 tokens of the question between its marks.
  expect((await (await app.ask(question)).tokens()).read).toBe(15);
  await page.getByRole('button', { name: 'New chat' }).click();
  await settings.mode('Careful');
  // In addition, the safety prompt's 122 tokens and the nine of its marks and line breaks.
  expect((await (await app.ask(question)).tokens()).read).toBe(145);
  await page.getByRole('button', { name: 'New chat' }).click();
  await settings.mode('Direct');
  expect((await (await app.ask(question)).tokens()).read).toBe(15);
});

test('answers as of the chat’s date, and shows it', async ({ app, page }) => {
  const settings = new ChatSettings(page);
  await expect((await app.ask(moon)).text).toHaveText('I do not know the date.');
  await settings.date('2021-05-03');
  await expect(settings.button).toHaveAccessibleName('This chat: Direct · as of May 3, 2021');
  await expect((await app.ask(moon)).text).toHaveText('52 years ago.');
  await page.reload();
  await expect(settings.button).toHaveAccessibleName(/as of May 3, 2021/);
  await settings.date('2007-06-15');
  await expect((await app.ask(moon)).text).toHaveText('38 years ago.');
});

coldTest('“today” stays the day of the first message until it is changed', async ({ page }) => {
  await page.clock.setFixedTime(new Date('2021-05-03T12:00:00'));
  const app = await new App(page).open();
  await app.chooseModel(/Cria/);
  const settings = new ChatSettings(page);
  await settings.open();
  await settings.panel.getByRole('radio', { name: 'Today (May 3, 2021)' }).check();
  await settings.close();
  const first = await app.ask(moon);
  await expect(first.text).toHaveText('52 years ago.');
  const { read } = await first.tokens();

  await page.clock.setFixedTime(new Date('2022-05-04T12:00:00'));
  await page.reload();
  await expect(settings.button).toHaveAccessibleName(/as of May 3, 2021/);
  await expect((await app.ask(moon)).text).toHaveText('52 years ago.');
  // The prompt still begins with the previous one, so most of it is cached.
  expect((await (await app.ask(moon)).tokens()).cached).toBeGreaterThan(read);

  await page.getByRole('button', { name: 'Change to May 4, 2022' }).click();
  await expect(settings.button).toHaveAccessibleName(/as of May 4, 2022/);
  await expect((await app.ask(moon)).text).toHaveText('53 years ago.');
  await page.getByRole('button', { name: 'New chat' }).click();
  await page.clock.setFixedTime(new Date('2023-05-04T12:00:00'));
  await expect((await app.ask(moon)).text).toHaveText('54 years ago.');
});

test('one question can have its own date, and the next prefills only the new part', async ({
  app,
  page,
}) => {
  await expect((await app.ask(question)).text).toHaveText('Paris.');
  await page.getByRole('button', { name: 'Date for this question' }).click();
  const field = page.getByRole('textbox', { name: 'Date for this question' });
  await field.fill('2021-05-03');
  await field.press('Enter');
  const dated = await app.ask(moon);
  await expect(dated.text).toHaveText('52 years ago.');
  await expect(page.getByText('As of May 3, 2021')).toHaveCount(1);
  const { read, cached, written } = await dated.tokens();
  expect(cached).toBeGreaterThan(15);
  const next = await app.ask(question);
  await expect(next.text).toHaveText('Paris.');
  expect((await next.tokens()).cached).toBe(read + written);
});

test('a question’s date overrides the chat’s date, for that question only', async ({
  app,
  page,
}) => {
  const settings = new ChatSettings(page);
  await settings.date('2021-05-03');
  await expect((await app.ask(moon)).text).toHaveText('52 years ago.');
  await expect((await app.ask(`as of 2007-06-15: ${moon}`)).text).toHaveText('38 years ago.');
  await expect(page.getByRole('article', { name: 'Question' }).last()).toHaveText(moon);
  await expect((await app.ask(moon)).text).toHaveText('52 years ago.');
});

test('sampling changes with the next message, without a reload of the model', async ({
  app,
  page,
}) => {
  const settings = new ChatSettings(page);
  await app.ask('Hello');
  const workers = page.workers();
  await settings.sampling({ Temperature: '2', Seed: '7', 'Maximum answer length (tokens)': '6' });
  await page.getByRole('button', { name: 'New chat' }).click();
  const hot = await (await app.ask('Repeat: river stone cloud green')).text.textContent();
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect((await app.ask('Repeat: river stone cloud green')).text).toHaveText(hot ?? '');
  expect((await app.current().tokens()).written).toBeLessThanOrEqual(6);

  await settings.sampling({
    Temperature: '',
    Seed: '',
    'Maximum answer length (tokens)': '',
    'Stop sequences': 'ne cl',
  });
  await page.getByRole('button', { name: 'New chat' }).click();
  const stopped = await app.ask('Repeat: river stone cloud green');
  await expect(stopped.text).toHaveText('river sto');
  await settings.sampling({ 'Stop sequences': '' });
  await expect((await app.ask('Repeat: river stone cloud green')).text).toHaveText(
    'river stone cloud green',
  );
  expect(page.workers()).toEqual(workers);
});

test('best of three answers: grades from log-probabilities, a reason, and another choice', async ({
  app,
  page,
}) => {
  const settings = new ChatSettings(page);
  await settings.sampling({ Temperature: '2', Seed: '3', 'Maximum answer length (tokens)': '8' });
  await app.ask('Hello');
  await app.current().article.getByLabel('How many answers').selectOption('3');
  await app.current().button('Best of 3').click();
  const answer = await app.lastAnswer();
  await answer.article.getByText('Best of 3: all answers').click();
  await expect(answer.article).toContainText(/Answer \d was chosen/);
  await expect(answer.article).toContainText('too small to grade');
  const candidates = answer.article.getByRole('listitem');
  await expect(candidates).toHaveCount(3);
  for (const one of await candidates.all()) {
    await expect(one).toHaveText(/Helpful\s*[01]\.\d\d\s*Safe\s*[01]\.\d\d/);
  }
  const shown = await answer.text.textContent();
  const other = candidates
    .filter({ has: page.getByRole('button', { name: /^Show answer/ }) })
    .first();
  const text = (await other.locator('.text').textContent()) ?? '';
  await other.getByRole('button').click();
  await expect(answer.text).toHaveText(text, { useInnerText: true });
  expect(text).not.toBe(shown);
  await page.reload();
  await expect(app.answers.last().locator('[data-part="text"]')).toHaveText(text, {
    useInnerText: true,
  });
});

test('Stop ends best-of immediately, and keeps the text', async ({ app, page }) => {
  const settings = new ChatSettings(page);
  await settings.sampling({ Temperature: '2', 'Maximum answer length (tokens)': '12' });
  await app.ask('Hello');
  await app.current().article.getByLabel('How many answers').selectOption('5');
  await app.stopAtText('Writing answer 2 of 5', () => app.current().button('Best of 5').click());
  await app.current().ended();
  await expect(app.answers.last()).toContainText('Stopped.');
  await settings.sampling({ Temperature: '' });
  // At that temperature the text may be anything, even Italian, and the next answer would follow it.
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect((await app.ask(question)).text).toHaveText('Paris.');
});
