import { App } from './app.ts';
import { expect, test, testWith } from './test.ts';

test.use({ profile: 'with-model' });
const loadedTest = testWith('SmolLM2 135M');

const longTask = 'Write a long story about a llama that lives on a farm.';

test.describe('of a first visit', () => {
  test.use({ profile: 'new' });

  const isQuick = { tag: '@quick' };
  test(
    'answers the first question with the built-in model, and shows the progress',
    isQuick,
    async ({ page }) => {
      const app = await new App(page).open();
      await expect(app.modelsButton).toHaveAccessibleName(/not on this device yet/);
      await app.type('What is the capital of France?');
      await expect(app.progress).toHaveText(/Downloading SmolLM2 135M: \d+ of 98 MB/);
      const answer = await app.lastAnswer();
      await expect(answer.text).toContainText('Paris');
      await expect(answer.article).toContainText(/[\d.]+ tokens\/s · first token after [\d.]+ s/);
      await expect(app.modelsButton).toHaveAccessibleName(/ready/);
    },
  );

  test('sends requests only to its own server', async ({ page, baseURL }) => {
    const hosts = new Set<string>();
    page.context().on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'blob:' && url.protocol !== 'data:') hosts.add(url.origin);
    });
    const app = await new App(page).open();
    await app.loadModel();
    // The model is fetched last, and its answer is there: every other request has been made.
    expect([...hosts]).toEqual([new URL(baseURL ?? '').origin]);
  });
});

test('prefills only the new part on the second turn', async ({ page }) => {
  const app = await new App(page).open();
  const first = await (await app.ask('What is the capital of France?')).tokens();
  const second = await (await app.ask('And of Italy?')).tokens();
  expect(first.cached).toBe(0);
  expect(second.cached).toBe(first.read + first.written);
  expect(second.read - second.cached).toBeLessThan(first.read);
});

test('keeps the conversation and the model over a reload', async ({ page }) => {
  const app = await new App(page).open();
  await app.ask('What is the capital of France?');
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.reload();
  await expect(app.answers).toHaveCount(1);
  await expect(app.answers.first()).toContainText('Paris');
  await expect(app.modelsButton).toHaveAccessibleName(/on this device/);
  const answer = await app.ask('And of Italy?');
  await expect(answer.text).toContainText('Rome');
  expect(fetched.filter((url) => url.endsWith('.gguf'))).toEqual([]);
});

loadedTest('stops an answer, keeps its text, and answers the next question', async ({ app }) => {
  await app.type(longTask);
  const answer = app.current();
  await answer.streams();
  await app.stop.click();
  await answer.ended();
  await expect(answer.article).toContainText('Stopped.');
  const kept = await answer.text.textContent();
  const next = await app.ask('What is the capital of France?');
  await expect(next.text).toContainText('Paris');
  await expect(app.answers.first().locator('[data-part="text"]')).toHaveText(kept ?? '');
});

loadedTest(
  'stops during the prefill of a long message, without a new load of the model',
  async ({ app }) => {
    await app.loadModel();
    await app.type(`Summarise this: ${'the llama walks over the hill and '.repeat(180)}`);
    await expect(app.answers.last()).toContainText(/Reading your message: \d+ %/);
    await app.stop.click();
    await app.current().ended();
    await expect(app.answers.last()).toContainText('Stopped.');
    await expect(app.modelsButton).toHaveAccessibleName(/ready/);
    const next = await app.ask('What is the capital of France?');
    await expect(next.text).toContainText('Paris');
  },
);

loadedTest('retries a stopped answer', async ({ app }) => {
  await app.type(longTask);
  await app.current().streams();
  await app.stop.click();
  await app.current().ended();
  await app.current().button('Try again').click();
  await app.current().streams();
  await expect(app.answers).toHaveCount(1);
  await app.stop.click();
  await app.current().ended();
});

loadedTest(
  'refuses a second question while one is answered, and keeps it in the field',
  async ({ app, page }) => {
    await app.type(longTask);
    await app.current().streams();
    await app.type('What is the capital of France?');
    await expect(page.getByText('An answer is being written. Wait for it')).toBeVisible();
    await expect(app.composer).toHaveValue('What is the capital of France?');
    await app.stop.click();
    await app.current().ended();
    await app.composer.press('Enter');
    await expect((await app.lastAnswer()).text).toContainText('Paris');
  },
);

loadedTest(
  'sends a pinned instruction with every message and keeps it over a reload',
  async ({ app, page }) => {
    const plain = await (await app.ask('Hello')).tokens();
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('button', { name: 'Pin an instruction' }).click();
    const field = page.getByRole('textbox', { name: 'Pinned instruction' });
    await field.fill('Answer in one short sentence about llamas.');
    await field.press('Enter');
    const pinned = await (await app.ask('Hello')).tokens();
    expect(pinned.read).toBeGreaterThan(plain.read + 5);
    await page.reload();
    await expect(page.getByText('Pinned: Answer in one short sentence')).toBeVisible();
  },
);

test('is in Italian in an Italian browser', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'it-IT' });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByRole('textbox', { name: 'Messaggio' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
  await context.close();
});
