// What runs ahead changes no answer: the app's engine beside the published WebLLM, which knows each token before it
// takes the next step, and reads each prompt from the start.
import type { GenerateParams, Prompt } from '../../src/protocol/engine.ts';
import { BareWebLlm } from './bare-webllm.ts';
import { cria, criaFiles, expect, test as base } from './cria-engine.ts';
import type { EngineWorker } from './engine-worker.ts';

/** Cria ends its answers early: here the end is a token like all others. */
async function endlessCria() {
  const files = await criaFiles();
  const config = JSON.parse(files['mlc-chat-config.json']!.toString()) as { conv_template: object };
  const template = { ...config.conv_template, stop_str: [], stop_token_ids: [] };
  const endless = JSON.stringify({ ...config, conv_template: template });
  return { ...files, 'mlc-chat-config.json': Buffer.from(endless) };
}

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
test.describe('200 tokens are the very ones of the published WebLLM', () => {
  let endless: EngineWorker;

  test.beforeAll(async ({ engine }) => {
    endless = await engine.restart('webllm');
    await endless.noteSampled();
    expect(await endless.loadFolder(await endlessCria(), 512)).toMatchObject({ ok: true });
  });

  test.afterAll(async ({ engine }) => {
    expect(await (await engine.restart('webllm')).load(cria)).toMatchObject({ ok: true });
  });

  // To what is no question, Cria answers with a whole conversation.
  for (const prompt of [begun('['), repeat, italian]) {
    const text = prompt.map((part) => part.text).join('');
    test(`after ${text.replaceAll('\n', ' ')}`, async ({ bare }) => {
      for (const params of [
        greedy,
        { ...greedy, temperature: 0.8, topP: 0.9, repeatPenalty: 1.1, seed: 7 },
        // So hot that each token is a throw of the dice, and one that parts would part all that follow.
        { ...greedy, temperature: 3, topP: 0.95, presencePenalty: 0.3, seed: 5 },
      ]) {
        const [outcome, { tokens }] = await Promise.all([
          endless.generate(prompt, params),
          bare.answer(text, params, { endless: true }),
        ]);
        expect(outcome).toMatchObject({ value: { finish: 'length' } });
        expect(tokens).toHaveLength(200);
        expect(await endless.takeSampled()).toEqual(tokens);
      }
    });
  }
});

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

test('nothing of a step ahead is left for choices, JSON, another client or another load', async ({
  engine,
}) => {
  const hot = { ...greedy, temperature: 3, topP: 0.95, seed: 4 };
  const schema = JSON.stringify({ enum: ['Roma', 'Parigi', 'Madrid'] });
  const acts: Record<string, (worker: EngineWorker) => Promise<unknown>> = {
    choices: async (worker) => {
      const chosen = await worker.choiceProbabilities(repeat, ['river', 'stone', 'Hello']);
      return chosen.ok && chosen.value.map((one) => one.toFixed(3));
    },
    json: (worker) => textOf(worker, italian, { ...greedy, responseFormat: { schema } }),
    sampled: (worker) => textOf(worker, repeat, { ...hot, maxTokens: 8 }),
  };
  for (const [name, act] of Object.entries(acts)) {
    await test.step(name, async () => {
      // Another client's prompt empties the KV cache.
      await engine.generate(asked('Hello'), greedy, { owner: 'https://site.test' });
      const expected = await act(engine);
      await engine.generate(repeat, greedy, { stopAfterTokens: 2 });
      expect(await act(engine)).toEqual(expected);
    });
  }
  await test.step('another client', async () => {
    await engine.generate(repeat, greedy, { stopAfterTokens: 2 });
    const site = await engine.generate(repeat, greedy, { owner: 'https://site.test' });
    expect(site).toMatchObject({ ok: true, value: { usage: { cachedTokens: 0 } } });
    expect(site.ok && site.value.text.trim()).toBe('river stone cloud green');
  });
  await test.step('another load', async () => {
    const answer = engine.generate(begun('['), { ...greedy, maxTokens: 20 });
    // Whoever asks has a queue: a worker in mid-answer keeps its model.
    expect(await engine.unload()).toMatchObject({ ok: false, error: { code: 'engine-failed' } });
    expect(await answer).toMatchObject({ value: { usage: { completionTokens: 20 } } });
    await engine.generate(repeat, greedy, { stopAfterTokens: 2 });
    expect(await engine.unload()).toMatchObject({ ok: true });
    expect(await textOf(engine, repeat, greedy)).toBe('model-not-loaded');
    expect(await engine.load(cria)).toMatchObject({ ok: true });
    expect(await textOf(engine, repeat, greedy)).toBe('river stone cloud green');
  });
});

test('a device that is lost in mid-answer ends it with its code, and a new load answers', async ({
  engine,
}) => {
  const worker = await engine.restart('webllm');
  expect(await worker.load(cria)).toMatchObject({ ok: true });
  await worker.loseDevice(3);
  expect(await textOf(worker, begun('['), greedy)).toBe('gpu-lost');
  expect(await textOf(worker, repeat, greedy)).toBe('model-not-loaded');
  expect(await worker.load(cria)).toMatchObject({ ok: true });
  expect(await textOf(worker, repeat, greedy)).toBe('river stone cloud green');
});
