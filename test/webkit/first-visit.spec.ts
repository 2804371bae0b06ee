// The main job: the model comes, answers, is stopped, tries again, and is still there after a reload.
import { longTask } from './app.ts';
import { answerTimeoutMs, counts, expect, shows, test } from './test.ts';

test.describe('on a first visit', () => {
  test.use({ isFresh: true });

  test('downloads the built-in model at the first question, and answers it', async ({ app }) => {
    await app.modelIs(/not on this device yet/);
    await app.type('What is the capital of France?');
    await shows(app.progress, /Downloading SmolLM2 135M: \d+ of 98 MB/);
    const answer = app.current();
    await answer.ended();
    await shows(answer.text, 'Paris');
    await shows(answer.article, /[\d.]+ tokens\/s · first token after [\d.]+ s/);
    await app.modelIs(/ready/);
  });
});

test('reads only what is new on the second turn', async ({ app }) => {
  const first = await (await app.ask('What is the capital of France?')).tokens();
  const second = await (await app.ask('And of Italy?')).tokens();
  expect(second.cached).toBe(first.read + first.written);
  expect(second.read - second.cached).toBeLessThan(first.read);
});

test('keeps the conversation and the model over a reload', async ({ app, tab, host }) => {
  await app.ask('What is the capital of France?');
  const asked = host.requests.length;
  await tab.reload();
  await counts(app.answers, 1);
  await shows(app.answers, 'Paris');
  await app.modelIs(/on this device/);
  const answer = await app.ask('And of Italy?');
  await shows(answer.text, 'Rome');
  expect(host.requests.slice(asked).filter((path) => path.endsWith('.gguf'))).toEqual([]);
});

test('stops an answer and keeps its text, then tries again', async ({ app }) => {
  await app.type(longTask);
  const answer = app.current();
  await answer.streams();
  await app.stop.click();
  await answer.ended();
  await shows(answer.article, 'Stopped.');
  await shows(answer.text, /\w+ \w+/);
  await answer.button('Try again').click();
  await answer.streams();
  await counts(app.answers, 1);
  await app.stop.click();
  await answer.ended();
});

test('writes another answer, and keeps both', async ({ app }) => {
  const answer = await app.ask('What is the capital of France?');
  await answer.button('Another answer').click();
  await shows(answer.article.getByRole('group', { name: 'Versions' }), '2 / 2');
  await answer.ended();
  await answer.button('Earlier version').click();
  await shows(answer.text, 'Paris');
});

test('answers an edited question in a branch of its own', async ({ app, tab }) => {
  await app.ask('What is the capital of Spain?');
  await tab.getByRole('button', { name: 'Edit', exact: true }).click();
  const field = tab.getByRole('textbox', { name: 'Edit your message' });
  await field.fill('What is the capital of France?');
  await field.press('Enter');
  await shows(app.current().text, 'Paris', { timeout: answerTimeoutMs });
  await app.current().ended();
  const versions = tab.getByRole('article', { name: 'Question' }).or(tab.locator('main'));
  await shows(versions.first(), '2 / 2');
});

test('sends a pinned instruction with every message, over a reload too', async ({ app, tab }) => {
  const plain = await (await app.ask('Hello')).tokens();
  await app.newChat.click();
  await tab.getByRole('button', { name: 'Pin an instruction' }).click();
  const field = tab.getByRole('textbox', { name: 'Pinned instruction' });
  await field.fill('Answer in one short sentence about llamas.');
  await field.press('Enter');
  const pinned = await (await app.ask('Hello')).tokens();
  expect(pinned.read).toBeGreaterThan(plain.read + 5);
  await tab.reload();
  await tab.getByText('Pinned: Answer in one short sentence').waitFor();
});

test('says that a message is too long, and gives the text back', async ({ app }) => {
  const text = 'a llama '.repeat(6250).trim();
  const answer = await app.ask(text);
  await answer.failsWith('context-overflow');
  await shows(answer.error, /too long: \d+ tokens, and this model can hold 2048/);
  await answer.button('Edit the message').click();
  await expect.poll(() => app.composer.inputValue()).toBe(text);
  await counts(app.answers, 0);
});
