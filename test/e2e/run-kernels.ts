/** Runs each kernel of a library once, so that its shaders are compiled and in Mesa's cache. */
import { expect, type Page } from 'playwright/test';
import { chatPrompt } from '../../src/core/prompt/chat-prompt.ts';
import type { GenerateParams } from '../../src/protocol/engine.ts';
import { EngineWorker } from './engine-worker.ts';
import { test } from './test.ts';

const greedy: GenerateParams = { maxTokens: 2, temperature: 0, topP: 0.9, repeatPenalty: 1 };

/** A loaded model runs each of its library's kernels. */
export async function runKernels(engine: EngineWorker) {
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
export async function startEngine(page: Page): Promise<EngineWorker> {
  test.setTimeout(900_000);
  return EngineWorker.start(page);
}
