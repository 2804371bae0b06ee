// Compiles the shaders of Cria's libraries before any test has to wait for them: the first time takes lavapipe a
// minute or more for each; then they are in Mesa's cache.
import type { Page } from 'playwright/test';
import { chatPrompt } from '../../src/core/prompt/chat-prompt.ts';
import type { GenerateParams } from '../../src/protocol/engine.ts';
import { libraryName } from '../../src/storage/weights.ts';
import { App } from './app.ts';
import { criaFloat16 } from './cria-float16.ts';
import { EngineWorker } from './engine-worker.ts';
import { expect, test } from './test.ts';

const greedy: GenerateParams = { maxTokens: 2, temperature: 0, topP: 0.9, repeatPenalty: 1 };

/** A loaded model runs each of its library's kernels. */
async function runKernels(engine: EngineWorker) {
  const asked = (...exchanges: readonly (readonly [string, string | null])[]) =>
    chatPrompt('llama2', {
      system: '',
      exchanges: exchanges.map(([user, assistant]) => ({ user, assistant })),
    });
  const first = asked(['What is the capital of France?', null]);
  expect(await engine.generate(first, greedy)).toMatchObject({ value: { text: ' Paris.' } });
  // With a filled cache, in one step and in two, attention uses another shader.
  const second = asked(['What is the capital of France?', 'Paris.'], ['Hello', null]);
  expect(await engine.generate(second, greedy)).toMatchObject({ ok: true });
  const long = asked(['river stone cloud green '.repeat(40), null]);
  expect(await engine.generate(long, greedy)).toMatchObject({ ok: true });
  const drawn = { ...greedy, temperature: 1, repeatPenalty: 1.1, responseFormat: 'json' } as const;
  expect(await engine.generate(first, drawn)).toMatchObject({ ok: true });
  expect(await engine.choiceProbabilities(first, ['1', '2'])).toMatchObject({ ok: true });
}

/** Without the app's engine, which is ended when it is silent for two minutes. */
async function startEngine(page: Page): Promise<EngineWorker> {
  test.setTimeout(900_000);
  return EngineWorker.start(page);
}

test('compile the shaders, where they are not in the cache yet', async ({ page }) => {
  const app = await new App(page).open();
  await app.modelsButton.click();
  await app.models.getByRole('radio', { name: /Cria/ }).check();
  await app.models.getByRole('button', { name: 'Download Cria' }).click();
  await expect(app.models.getByRole('status', { name: 'Cria on this device' })).toContainText(
    'On this device: ',
  );
  const engine = await startEngine(page);
  const loaded = await engine.load({ engine: 'webllm', modelId: 'cria', contextTokens: 512 });
  expect(loaded).toMatchObject({ ok: true });
  await runKernels(engine);
});

test('compile those of the q4f16_1 library', async ({ page }) => {
  await new App(page).open();
  const engine = await startEngine(page);
  expect(await engine.loadFolder(await criaFloat16(libraryName), 512)).toMatchObject({ ok: true });
  await runKernels(engine);
});
