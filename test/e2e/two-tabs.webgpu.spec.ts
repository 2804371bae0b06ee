// Two tabs and one engine on the GPU: WebLLM holds one model for both, and moves to the remaining tab.
import { findPart } from '../app-parts.ts';
import { App } from './app.ts';
import { expect, test } from './test.ts';

const enginesOf = ({ page }: App) =>
  page.workers().filter((worker) => worker.url().includes('engine-webllm')).length;

test('a second tab uses the first tab’s Cria, and loads it when the first is closed', async ({
  page,
}) => {
  const first = await new App(page).open();
  await first.chooseModel(/Cria/);
  await first.loadModel();
  const second = await new App(await page.context().newPage()).open('/');
  await expect(second.modelsButton).toHaveAccessibleName(/Cria.*ready/);
  await expect((await second.ask('What is the capital of France?')).text).toContainText('Paris');
  expect([enginesOf(first), enginesOf(second)]).toEqual([1, 0]);
  // Only new tokens are prefilled: the cache holds this tab's conversation, whichever tab holds the engine.
  const next = await second.ask('Hello');
  expect((await next.tokens()).cached).toBeGreaterThan(0);
  await page.close();
  await expect(second.modelsButton).not.toHaveAccessibleName(/ready/);
  await expect((await second.ask('What is the capital of Italy?')).text).toContainText('Rome');
  expect(enginesOf(second)).toBe(1);
});

test('a model selected in one tab waits for another tab’s answer', async ({ page }) => {
  const first = await new App(page).open();
  await first.loadModel();
  const second = await new App(await page.context().newPage()).open('/');
  await second.chooseModel(/Cria/);
  await findPart(second.page, 'newChat').click();

  await first.type('Write a long story about a llama that lives on a farm.');
  await first.current().streams();
  await second.type('What is the capital of France?');
  await expect(second.current().article).toContainText('the model is answering in another tab');
  const before = (await first.current().text.textContent()) ?? '';
  await first.current().goesOnFrom(before);
  await first.stop.click();
  await first.current().ended();
  await expect(first.current().error).toHaveCount(0);
  await expect((await second.lastAnswer()).text).toHaveText('Paris.');

  // Now the first tab's model was replaced, and is loaded again with its next question.
  await expect(first.modelsButton).not.toHaveAccessibleName(/ready/);
  await expect((await first.ask('What is the capital of Italy?')).text).toContainText('Rome');
  await expect(second.modelsButton).not.toHaveAccessibleName(/ready/);
});
