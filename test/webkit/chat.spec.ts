// The main job: the model comes, answers, is stopped, tries again, and is still there after a reload.
import { answerTimeoutMs, counts, expect, longTask, shows, test } from './test.ts';

test.describe('on a first visit', () => {
  test.use({ isFresh: true });

  test(
    'downloads the built-in model at the first question, and answers it',
    { tag: '@quick' },
    async ({ app }) => {
      await app.modelIs(/not on this device yet/);
      await app.type('What is the capital of France?');
      await shows(app.progress, /Downloading SmolLM2 135M: \d+ of 98 MB/);
      const answer = app.current();
      await answer.ended();
      await shows(answer.text, 'Paris');
      await shows(answer.article, /[\d.]+ tokens\/s · first token after [\d.]+ s/);
      await app.modelIs(/ready/);
    },
  );
});

test('prefills only the new part on the second turn', async ({ app }) => {
  const first = await (await app.ask('What is the capital of France?')).tokens();
  const second = await (await app.ask('And of Italy?')).tokens();
  expect(second.cached).toBe(first.read + first.written);
  expect(second.read - second.cached).toBeLessThan(first.read);
});

test('stops an answer, keeps its text, and continues it', async ({ app }) => {
  await app.type(longTask);
  const answer = app.current();
  await answer.streams();
  await app.stopAnswer();
  await shows(answer.article, 'Stopped.');
  const begun = await answer.text.innerText();
  await answer.button('Continue').click();
  await answer.goesOnFrom(begun);
  await app.stopAnswer();
  await counts(app.answers, 1);
});

test('writes another answer, and keeps both', async ({ app }) => {
  const answer = await app.ask('What is the capital of France?');
  await answer.button('Regenerate').click();
  const versions = answer.article.getByRole('group', { name: 'Versions' });
  await shows(versions, '2 / 2', { timeout: answerTimeoutMs });
  await versions.getByRole('button', { name: 'Previous version' }).click();
  await shows(versions, '1 / 2');
  await shows(answer.text, 'Paris');
});

test('answers an edited question in a branch of its own', async ({ app, tab }) => {
  await app.ask('What is the capital of Spain?');
  const question = tab.locator('[data-part="message"]').first();
  await question.getByRole('button', { name: 'Edit', exact: true }).click();
  const field = tab.getByRole('textbox', { name: 'Edit your message' });
  await field.fill('What is the capital of France?');
  await field.press('Enter');
  await shows(app.current().text, 'Paris', { timeout: answerTimeoutMs });
  await shows(question.getByRole('group', { name: 'Versions' }), '2 / 2');
  await counts(app.answers, 1);
});

test('sends a pinned instruction with every message, until it is removed', async ({ app, tab }) => {
  const plain = await (await app.ask('What is the capital of France?')).tokens();
  await app.newChat.click();
  await tab.getByRole('button', { name: 'Pin an instruction' }).click();
  const field = tab.getByRole('textbox', { name: 'Pinned instruction' });
  await field.fill('Answer in one short sentence.');
  await field.press('Enter');
  await tab.getByText('Pinned: Answer in one short sentence.').waitFor();
  const pinned = await (await app.ask('What is the capital of France?')).tokens();
  expect(pinned.read).toBeGreaterThan(plain.read + 5);
});

test('rejects a message that is too long, and returns its text for editing', async ({ app }) => {
  const text = 'a llama '.repeat(1500).trim();
  const answer = await app.ask(text);
  await answer.failsWith('context-overflow');
  await shows(answer.error, /too long: \d+ tokens, and this model can hold 2048/);
  await answer.button('Edit the message').click();
  await expect.poll(() => app.composer.inputValue()).toBe(text);
  await counts(app.answers, 0);
  await app.composer.fill('');
});

test('ends an answer at the limit of the chat’s settings', async ({ app }) => {
  const settings = await app.dialog(/^This chat:/, 'This chat');
  await settings.getByText('System prompt and sampling').click();
  await settings.getByLabel('Maximum answer length (tokens)').fill('8');
  await app.close(settings);
  const answer = await app.ask(longTask);
  expect((await answer.tokens()).written).toBe(8);
  await answer.button('Continue').waitFor();
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
