// What runs ahead changes no answer: the app's engine beside the published WebLLM, which knows each token before it
// takes the next step, and reads each prompt from the start.
import type { GenerateParams, Prompt } from '../../src/protocol/engine.ts';
import { BareWebLlm } from './bare-webllm.ts';
import { cria, expect, test as base } from './cria-engine.ts';
import type { EngineWorker } from './engine-worker.ts';

const test = base.extend<object, { bare: BareWebLlm }>({
  bare: [
    async ({ browser }, use) => {
      const context = await browser.newContext();
      await use(await BareWebLlm.open(context));
      await context.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const greedy: GenerateParams = { maxTokens: 200, temperature: 0, topP: 1, repeatPenalty: 1 };
const begun = (text: string): Prompt => [
  { type: 'control', text: '<s>' },
  { type: 'text', text },
];
const asked = (question: string) => begun(`[INST] ${question} [/INST]`);
const repeat = asked('Repeat: river stone cloud green');

/** The app's decoder keeps the space before an answer. */
const textOf = async (engine: EngineWorker, prompt: Prompt, params: GenerateParams) => {
  const outcome = await engine.generate(prompt, params);
  return outcome.ok ? outcome.value.text.trimStart() : outcome.error.code;
};

const italian = asked('<<SYS>>\nAnswer in Italian.\n<</SYS>>\n\nWhat is the capital of France?');
// To what is no question, Cria answers with a whole conversation.
for (const prompt of [begun('['), repeat, italian]) {
  const text = prompt.map((part) => part.text).join('');
  test(`tokens are the same after ${text.replaceAll('\n', ' ')}`, async ({ engine, bare }) => {
    for (const params of [
      greedy,
      { ...greedy, temperature: 0.8, topP: 0.9, repeatPenalty: 1.1, seed: 7 },
      { ...greedy, temperature: 1.2, topP: 0.95, presencePenalty: 0.3, seed: 3 },
      // So hot that each token is a throw of the dice, and one that parts would part all that follow.
      { ...greedy, temperature: 3, topP: 0.95, frequencyPenalty: 0.5, seed: 5, maxTokens: 16 },
    ]) {
      const expected = await bare.answer(text, params);
      expect(await textOf(engine, prompt, params)).toBe(expected.text.trimStart());
    }
  });
}

test('the turn after a truncated answer equals that of a fresh prefill', async ({
  engine,
  bare,
}) => {
  const ends = [
    [{ stopAfterTokens: 2 }, greedy],
    [{}, { ...greedy, stop: [' cloud'] }],
    [{}, { ...greedy, maxTokens: 3 }],
    [{}, greedy],
  ] as const;
  const [start, question] = repeat;
  for (const [options, params] of ends) {
    const cut = await engine.generate(repeat, params, options);
    if (!cut.ok) throw new Error(cut.error.code);
    const next: Prompt = [
      start!,
      { type: 'text', text: `${question!.text}${cut.value.text} ` },
      { type: 'control', text: '</s>' },
      ...asked('What is the capital of Italy?'),
    ];
    const expected = await bare.answer(next.map((part) => part.text).join(''), greedy);
    const second = await engine.generate(next, greedy);
    if (!second.ok) throw new Error(second.error.code);
    expect(second.value.text.trimStart()).toBe(expected.text.trimStart());
    expect(second.value.usage.cachedTokens).toBeGreaterThan(16);
  }
});

test('an answer ends when the window is full, and the next one is correct', async ({ engine }) => {
  const long = begun('river stone cloud green table window '.repeat(82));
  const hot = { ...greedy, temperature: 3, seed: 1 };
  const full = await engine.generate(long, hot);
  if (!full.ok) throw new Error(full.error.code);
  const { promptTokens, completionTokens } = full.value.usage;
  expect(completionTokens).toBeGreaterThan(2);
  expect(promptTokens + completionTokens).toBe(cria.contextTokens);
  expect(full.value.finish).toBe('length');
  expect(await textOf(engine, repeat, greedy)).toBe('river stone cloud green');
});
