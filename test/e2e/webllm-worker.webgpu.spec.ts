// The engine worker with the real WebLLM, over its protocol: what the page's controls do not show.
import type { GenerateParams, Prompt } from '../../src/protocol/engine.ts';
import { cria, expect, test } from './cria-engine.ts';

const greedy: GenerateParams = { maxTokens: 12, temperature: 0, topP: 0.9, repeatPenalty: 1 };

function ask(question: string): Prompt {
  return [
    { type: 'control', text: '<s>' },
    { type: 'text', text: `[INST] ${question} [/INST]` },
  ];
}

test('a seed repeats a sampled answer, another one does not', async ({ engine }) => {
  // Hot enough that each token is random.
  const hot = { ...greedy, maxTokens: 6, temperature: 20, topP: 1 };
  const answer = async (seed: number) => {
    const outcome = await engine.generate(ask('Hello'), { ...hot, seed });
    return outcome.ok ? outcome.value.text : outcome.error.code;
  };
  const seven = await answer(7);
  expect(await answer(8)).not.toBe(seven);
  expect(await answer(7)).toBe(seven);
});

test('a seed repeats an answer from the whole vocabulary, with top_p 1', async ({ engine }) => {
  const prompt: Prompt = [
    { type: 'control', text: '<s>' },
    { type: 'text', text: '[' },
  ];
  const warm = { ...greedy, maxTokens: 40, temperature: 1.2, topP: 1 };
  for (const seed of [3, 7]) {
    const answers = [
      await engine.generate(prompt, { ...warm, seed }),
      await engine.generate(prompt, { ...warm, seed }),
    ].map((outcome) => (outcome.ok ? outcome.value.text : outcome.error.code));
    expect(answers[0]!.length).toBeGreaterThan(20);
    expect(answers[1]).toBe(answers[0]);
  }
});

test('top-k and min-p leave out unlikely tokens, and a penalty repeated ones', async ({
  engine,
}) => {
  const textOf = async (more: Partial<GenerateParams>, question = 'What is 2 plus 1?') => {
    const outcome = await engine.generate(ask(question), { ...greedy, ...more });
    return outcome.ok ? outcome.value.text : outcome.error.code;
  };
  const hot = { temperature: 20, topP: 1, seed: 7 };
  expect(await textOf(hot)).not.toBe(' 3.');
  expect(await textOf({ ...hot, topK: 1 })).toBe(' 3.');
  expect(await textOf({ ...hot, minP: 0.9 })).toBe(' 3.');
  // Cria repeats what it does not know.
  const apples = 'apple apple apple';
  expect(await textOf({}, apples)).toContain('apple apple');
  expect(await textOf({ frequencyPenalty: 2 }, apples)).not.toContain('apple apple');
  expect(await textOf({ presencePenalty: 2 }, apples)).not.toContain('apple apple');
});

test('gives the probabilities of choices, and leaves the KV cache to the next prompt', async ({
  engine,
}) => {
  const sum = await engine.choiceProbabilities(ask('What is 2 plus 1?'), ['1', '2', '3', '4', '5']);
  if (!sum.ok) throw new Error(sum.error.code);
  expect(sum.value[2]).toBeGreaterThan(0.95);
  expect(sum.value.reduce((total, one) => total + one, 0)).toBeCloseTo(1);
  const after = await engine.generate(ask('What is 2 plus 1?'), greedy);
  expect(after).toMatchObject({ ok: true, value: { text: ' 3.' } });
  // The prompt is cached except its last token, whose logits are needed; "3" is not counted twice.
  expect(after.ok && after.value.usage.promptTokens - after.value.usage.cachedTokens).toBe(1);
  expect(await engine.choiceProbabilities(ask('Hello'), ['Yes', 'Yes'])).toMatchObject({
    ok: false,
    error: { code: 'engine-failed' },
  });
  expect(await engine.generate(ask('Hello'), greedy)).toMatchObject({ value: { text: ' Hello.' } });
});

test('a prompt that does not fit is refused with its exact length, and the model stays loaded', async ({
  engine,
}) => {
  // <s>, "[INST]" and a space's worth of 3 + 600 + "[/INST]" with its 4.
  const long = await engine.generate(ask('apple '.repeat(600).trim()), greedy);
  expect(long).toMatchObject({
    ok: false,
    error: { code: 'context-overflow', data: { contextTokens: 512 } },
  });
  const after = await engine.generate(ask('What is the capital of France?'), greedy);
  expect(after).toMatchObject({ ok: true, value: { text: ' Paris.', finish: 'stop' } });
});

test('a long prompt is prefilled in steps, and a new load gives the same answer', async ({
  engine,
}) => {
  const worker = await engine.restart('webllm');
  expect(await worker.load(cria)).toMatchObject({ ok: true });
  // Beyond the library's chunk of 128 tokens, so that the second step attends to the first.
  const words = 'river stone cloud green table window garden silver '.repeat(18);
  const long: Prompt = [
    ...ask(words),
    { type: 'text', text: ' Step by step. ' },
    { type: 'control', text: '</s>' },
  ];
  const prompt = [...long, ...ask('What is the capital of France?')];
  const fresh = await worker.generate(prompt, greedy);
  expect(fresh).toMatchObject({ ok: true, value: { usage: { cachedTokens: 0 } } });
  await worker.unload();
  expect(await worker.generate(prompt, greedy)).toMatchObject({
    ok: false,
    error: { code: 'model-not-loaded' },
  });
  await worker.load(cria);
  const again = await worker.generate(prompt, greedy);
  if (!fresh.ok || !again.ok) throw new Error('no answer');
  expect(again.value.text).toBe(fresh.value.text);

  // The same prompt comes from the KV cache, except its last token.
  const cached = await worker.generate(prompt, greedy);
  if (!cached.ok) throw new Error('no answer');
  expect(cached.value.usage.promptTokens).toBeGreaterThan(140);
  expect(cached.value.usage.cachedTokens).toBe(cached.value.usage.promptTokens - 1);
  expect(cached.value.text).toBe(fresh.value.text);

  // But not for a site: its request gives the same result and finds nothing cached.
  const guess = await worker.generate(prompt, greedy, { owner: 'https://site.test' });
  expect(guess).toMatchObject({ ok: true, value: { usage: { cachedTokens: 0 } } });
  expect(guess.ok && guess.value.text).toBe(fresh.value.text);
});
