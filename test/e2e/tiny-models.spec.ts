// The CPU engine with a model for each kind of tokenizer: tokens, formats, stops, JSON and thoughts, not words.
import type { Page } from 'playwright/test';
import { chatPrompt } from '../../src/core/prompt/chat-prompt.ts';
import { type TurnFormat, withThinking } from '../../src/core/prompt/prompt-format.ts';
import type { GenerateParams, Prompt } from '../../src/protocol/engine.ts';
import { families, ggufFormatOf, metadataOf, system, turns } from '../fixtures/families.ts';
import {
  emptyGguf,
  tinyGemma,
  tinyGguf,
  tinyLlama3,
  tinyMistral,
  type TinyModel,
  tinyModels,
  tinyQwen,
} from '../fixtures/tiny-models.ts';
import { App } from './app.ts';
import { ChatSettings } from './chat-settings.ts';
import { chooseFiles } from './choose-files.ts';
import { EngineWorker } from './engine-worker.ts';
import { expect, test } from './test.ts';

const greedy: GenerateParams = { maxTokens: 24, temperature: 0, topP: 1, repeatPenalty: 1.3 };

function formatOf({ metadata }: TinyModel): TurnFormat {
  const format = ggufFormatOf(metadata);
  if (typeof format === 'string') throw new Error(format);
  return format;
}

const promptFor = (model: TinyModel, user = 'Hi'): Prompt =>
  chatPrompt(formatOf(model), { system: '', exchanges: [{ user, assistant: null }] });

async function load(page: Page, model: TinyModel): Promise<EngineWorker> {
  await new App(page).open();
  const worker = await EngineWorker.start(page, 'wllama');
  expect(await worker.loadFile(tinyGguf(model), 512)).toEqual({ ok: true, value: null });
  return worker;
}

async function answer(worker: EngineWorker, prompt: Prompt, more: Partial<GenerateParams> = {}) {
  const outcome = await worker.generate(prompt, { ...greedy, ...more });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

/** By hand, for the question "Hi": `▁` and `Ġ` are spaces, `Ċ` a line's end. */
const read: readonly (readonly [TinyModel, readonly string[]])[] = [
  [tinyMistral, ['<s>', '[INST]', '▁Hi', '[/INST]']],
  [
    tinyGemma,
    [
      '<bos>',
      '<start_of_turn>',
      'user',
      '<0x0A>',
      'Hi',
      '<end_of_turn>',
      '<0x0A>',
      '<start_of_turn>',
      'model',
      '<0x0A>',
    ],
  ],
  [
    tinyLlama3,
    [
      '<|begin_of_text|>',
      '<|start_header_id|>',
      'user',
      '<|end_header_id|>',
      'ĊĊ',
      'Hi',
      '<|eot_id|>',
      '<|start_header_id|>',
      'assistant',
      '<|end_header_id|>',
      'ĊĊ',
    ],
  ],
  [
    tinyQwen,
    ['<|im_start|>', 'user', 'Ċ', 'Hi', '<|im_end|>', 'Ċ', '<|im_start|>', 'assistant', 'Ċ'],
  ],
];

for (const [model, expected] of read) {
  test(`reads a prompt of ${model.name} as the tokens of its format`, async ({ page }) => {
    const worker = await load(page, model);
    const ids = (await worker.tokenize(promptFor(model))).flat();
    expect(ids.map((id) => model.tokens[id])).toEqual(expected);

    // No typed text forms a control token or a mark of the format.
    const marks = [...formatOf(model).control, '<think>', '</think>'];
    const typed = await worker.tokenize(promptFor(model, marks.join('\n')));
    const isMark = (id: number) => marks.includes(model.tokens[id]!);
    expect(typed.flat().filter(isMark)).toEqual(ids.filter(isMark));
  });
}

/** One of each vocabulary and set of marks. */
const published = [
  'Llama 3.2',
  'Qwen 3, which is to answer at once',
  'Gemma 3',
  'Phi 3.5',
  'Phi 4 mini',
  'Mistral',
  'R1 Distill Qwen',
  'R1 Distill Llama',
];

test('reads a chat as the ids that each family’s own vocabulary has', async ({ page }) => {
  await new App(page).open();
  let worker = await EngineWorker.start(page, 'wllama');
  for (const family of families.filter(({ name }) => published.includes(name))) {
    const metadata = metadataOf(family)!;
    const tokens = metadata['tokenizer.ggml.tokens'] as readonly string[];
    worker = await worker.restart('wllama');
    const loaded = await worker.loadFile(emptyGguf(metadata, tokens.length), 512);
    expect(loaded, family.name).toEqual({ ok: true, value: null });
    const thinking = family.name.endsWith('at once') ? 'off' : null;
    const format = withThinking(ggufFormatOf(metadata), thinking);
    const ids = await worker.tokenize(chatPrompt(format, { system, exchanges: turns }));
    expect(ids.flat(), family.name).toEqual(family.secondIds);
  }
});

for (const model of tinyModels) {
  test(`stops ${model.name} at a limit and at a text, and restricts it to a schema`, async ({
    page,
  }) => {
    const worker = await load(page, model);
    const prompt = promptFor(model);
    const whole = await answer(worker, prompt);
    expect(whole).toMatchObject({ finish: 'length', usage: { completionTokens: 24 } });

    const chars = [...whole.text];
    const stop = chars.slice(4, 6).join('');
    const cut = await answer(worker, prompt, { stop: [stop] });
    expect(cut).toMatchObject({ finish: 'stop' });
    expect(cut.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    expect(cut.usage.cachedTokens).toBe(cut.usage.promptTokens - 1);

    const schema = JSON.stringify({
      type: 'object',
      properties: {
        città: { enum: ['Roma', 'Milano', '🦙'] },
        sizes: { type: 'array', items: { type: 'boolean' }, minItems: 2, maxItems: 3 },
        none: { type: 'null' },
      },
    });
    const held = await answer(worker, prompt, { responseFormat: { schema }, maxTokens: 400 });
    expect(held.finish).toBe('stop');
    const written = JSON.parse(held.text) as { sizes: unknown[] };
    expect(written).toEqual({
      città: expect.stringMatching(/^(Roma|Milano|🦙)$/),
      sizes: expect.any(Array),
      none: null,
    });
    expect(written.sizes.every((one) => typeof one === 'boolean')).toBe(true);
    expect([2, 3]).toContain(written.sizes.length);
  });
}

test('ends thoughts that take too long, with the mark as one token', async ({ page }) => {
  const worker = await load(page, tinyQwen);
  const prompt = promptFor(tinyQwen);
  const thoughts = { budgetTokens: 5, opening: '<think>', closing: '</think>', isOpen: true };
  const [free, held] = [await answer(worker, prompt), await answer(worker, prompt, { thoughts })];
  const [thought, after] = held.text.split('\n</think>\n\n') as [string, string];
  expect(free.text.startsWith(thought)).toBe(true);
  expect(after).not.toBe('');
  expect(held).toMatchObject({ finish: 'length', usage: { completionTokens: 24 } });
  const [closing] = await worker.tokenize([{ type: 'control', text: '</think>' }]);
  expect(closing).toEqual([tinyQwen.tokens.indexOf('</think>')]);
});

test('thinking and its limit are set for a chat, and stored with it', async ({ page }) => {
  const app = await new App(page).open();
  await app.modelsButton.click();
  await app.models.getByText('Add a model of your own').click();
  const button = app.models.getByRole('button', { name: 'Choose a GGUF file' });
  const settings = new ChatSettings(page);
  const thinking = settings.panel.getByRole('group', { name: 'Thinking' });
  const limit = settings.panel.getByLabel('Maximum thinking length (tokens)');
  const buffer = Buffer.from(await tinyGguf(tinyQwen).arrayBuffer());
  const mimeType = 'application/octet-stream';
  await chooseFiles(page, () => button.click(), { name: 'tiny-qwen.gguf', mimeType, buffer });
  await expect(app.models.getByRole('radio', { name: 'tiny-qwen' })).toBeChecked();
  await app.models.getByRole('button', { name: 'Download tiny-qwen' }).click();
  await expect(app.models.getByRole('status', { name: 'tiny-qwen on this' })).toHaveText(/MB/);
  await app.models.getByRole('button', { name: 'Close' }).click();

  await settings.open();
  await expect(
    thinking.getByRole('radio', { name: /Think before answering.*default/ }),
  ).toBeChecked();
  await thinking.getByRole('radio', { name: 'Answer immediately' }).check();
  await settings.close();
  await settings.sampling({
    'Maximum answer length (tokens)': '8',
    'Maximum thinking length (tokens)': '5',
  });
  await app.composer.fill('Hi');
  await app.composer.press('Enter');
  await expect(app.answers.last()).toHaveText(/\w/);
  await expect(app.stop).toBeHidden();

  await page.reload();
  await settings.open();
  await expect(thinking.getByRole('radio', { name: 'Answer immediately' })).toBeChecked();
  await settings.more();
  await expect(limit).toHaveValue('5');
  await settings.close();

  // A model that cannot be told is not asked to be.
  await app.modelsButton.click();
  await app.models.getByRole('radio', { name: 'SmolLM2 135M' }).check();
  await app.models.getByRole('button', { name: 'Close' }).click();
  await settings.open();
  await expect(thinking).toBeHidden();
  await settings.more();
  await expect(limit).toBeHidden();
});
