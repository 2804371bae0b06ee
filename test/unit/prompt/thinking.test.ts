// Thoughts: what a model's template calls them, whether they can be switched, and how long they may take.
import { describe, expect, it } from 'vitest';
import { chatPrompt } from '../../../src/core/prompt/chat-prompt';
import { builtInModel } from '../../../src/core/models/built-in';
import { turnFormats } from '../../../src/core/prompt/fitted-format';
import {
  hasThinkingSwitch,
  type PromptFormat,
  type TurnFormat,
  withThinking,
} from '../../../src/core/prompt/prompt-format';
import { modelAsAsked, generateParams } from '../../../src/core/prompt/model-request';
import { answerOf, splitThoughts } from '../../../src/core/chat/thoughts';
import type { GenerateParams } from '../../../src/protocol/engine';
import { mlcFormat } from '../../../workers/download/mlc-format';
import { promptFormat } from '../../../workers/download/gguf-format';
import { Generation, type TokenModel } from '../../../workers/engines/generation';

const tokens = ['<|im_start|>', '<|im_end|>', '<think>', '</think>'];
function formatOf(template: string): TurnFormat {
  const format = promptFormat({
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.tokens': tokens,
    'tokenizer.ggml.token_type': [3, 3, 4, 4],
    'tokenizer.ggml.eos_token_id': 1,
    'tokenizer.chat_template': template,
  });
  if (typeof format === 'string') throw new Error(format);
  return format;
}

const turns = `{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + (m.content.split('</think>')[-1].lstrip('\\n') if m.role == 'assistant' else m.content) + '<|im_end|>\\n' }}{% endfor %}`;
const generation = "{{ '<|im_start|>assistant\\n' }}";
const asked = (end: string) =>
  `${turns}{% if add_generation_prompt %}${generation}${end}{% endif %}`;
/** As Qwen 3 has it. */
const qwen3 = asked(
  "{% if enable_thinking is defined and enable_thinking is false %}{{ '<think>\\n\\n</think>\\n\\n' }}{% endif %}",
);
/** As DeepSeek V3.1 has it: not thinking is its own way. */
const deepSeek31 = asked(
  "{% if thinking is defined and thinking %}{{ '<think>' }}{% else %}{{ '</think>' }}{% endif %}",
);
/** As Granite has it: the instructions change with the switch. */
const granite = `{% if thinking %}{{ '<|im_start|>system\\nThink first, then </think>.<|im_end|>\\n' }}{% endif %}${asked('')}`;

const endOf = (format: PromptFormat) =>
  chatPrompt(format, { system: '', exchanges: [{ user: 'Hi', assistant: null }] })
    .map(({ text }) => text)
    .join('')
    .split('<|im_start|>')
    .at(-1);

describe('a template', () => {
  it('describes its switch, found by rendering it both ways', () => {
    const format = formatOf(qwen3);
    expect(hasThinkingSwitch(format)).toBe(true);
    expect(format.thinking).toMatchObject({ opening: '<think>', closing: '</think>' });
    expect(endOf(withThinking(format, null))).toBe('assistant\n');
    expect(endOf(withThinking(format, 'on'))).toBe('assistant\n');
    expect(endOf(withThinking(format, 'off'))).toBe('assistant\n<think>\n\n</think>\n\n');
    const other = formatOf(deepSeek31);
    expect(['on', 'off', null].map((one) => endOf(withThinking(other, one as 'on')))).toEqual([
      'assistant\n<think>',
      'assistant\n</think>',
      'assistant\n</think>',
    ]);
  });

  it('has its marks as tokens of the vocabulary if the prompt writes them', () => {
    const off = withThinking(formatOf(qwen3), 'off');
    const prompt = chatPrompt(off, {
      system: '',
      exchanges: [{ user: '<think>', assistant: null }],
    });
    // Typed, it is none.
    const marks = prompt.filter(({ text }) => /<.?think>/.test(text));
    expect(marks).toEqual([
      { type: 'control', text: '<think>' },
      { type: 'control', text: '</think>' },
    ]);
  });

  it('has no switch if that would change earlier turns, or if the template has none', () => {
    const format = formatOf(granite);
    expect(format.thinking).toMatchObject({ closing: '</think>' });
    expect(hasThinkingSwitch(format)).toBe(false);
    expect(withThinking(format, 'off')).toBe(format);
    const plain = formatOf(asked('').replace("split('</think>')[-1]", "split('</x>')[-1]"));
    expect(plain.thinking).toBeUndefined();
    expect(hasThinkingSwitch(turnFormats.chatml)).toBe(false);
    expect(hasThinkingSwitch('llama2')).toBe(false);
  });

  it('describes it for an MLC folder too, whose own format does not mention it', () => {
    const config = {
      conv_template: {
        roles: { user: '<|im_start|>user', assistant: '<|im_start|>assistant' },
        seps: ['<|im_end|>\n'],
        role_content_sep: '\n',
        role_empty_sep: '\n',
      },
    };
    const format = mlcFormat(config, {
      chat_template: qwen3,
      eos_token: { content: '<|im_end|>' },
    });
    expect(hasThinkingSwitch(format!)).toBe(true);
    expect(endOf(withThinking(format!, 'off'))).toBe('assistant\n<think>\n\n</think>\n\n');
    const hostile = { chat_template: '{% for %}', eos_token: 1 };
    expect(hasThinkingSwitch(mlcFormat(config, hostile)!)).toBe(false);
  });
});

describe('thoughts in an answer', () => {
  it.each([
    ['<think>', '</think>'],
    ['[THINK]', '[/THINK]'],
    ['<|START_THINKING|>', '<|END_THINKING|>'],
    ['<seed:think>', '</seed:think>'],
  ])('are known by their marks: %s', (opening, closing) => {
    expect(splitThoughts(`${opening}\nT\n${closing}\n\nA`)).toEqual({ thoughts: 'T', answer: 'A' });
    expect(splitThoughts(opening.slice(0, 3), true)).toEqual({ thoughts: '', answer: '' });
    expect(answerOf(`${opening}T`)).toBe('');
  });
});

const model = { ...builtInModel, template: formatOf(qwen3) };
const limitFor = (
  thoughtTokens: number | undefined,
  more = {},
  thinking: 'on' | 'off' | null = null,
) => {
  const sampling = thoughtTokens === undefined ? {} : { thoughtTokens };
  return generateParams(modelAsAsked(model, { sampling, thinking }), { varied: false, ...more })
    .thoughts;
};

describe('a budget', () => {
  it('goes to the engine with the model’s own marks', () => {
    const marks = { opening: '<think>', closing: '</think>' };
    expect(limitFor(undefined)).toBeUndefined();
    expect(limitFor(20)).toEqual({ budgetTokens: 20, ...marks, isOpen: false });
    const always = { ...model, template: formatOf(asked("{{ '<think>\\n' }}")) };
    const asIs = modelAsAsked(always, { sampling: { thoughtTokens: 5 }, thinking: null });
    expect(generateParams(asIs, { varied: false }).thoughts).toMatchObject({ isOpen: true });
    expect(
      generateParams(
        modelAsAsked(builtInModel, { sampling: { thoughtTokens: 5 }, thinking: null }),
        {
          varied: false,
        },
      ),
    ).not.toHaveProperty('thoughts');
  });

  it('leaves at least half of the reply for the answer', () => {
    const settings = { sampling: { thoughtTokens: 300, maxAnswerTokens: 64 }, thinking: null };
    const params = generateParams(modelAsAsked(model, settings), { varied: false });
    expect(params).toMatchObject({ maxTokens: 64, thoughts: { budgetTokens: 32 } });
  });

  it('counts for an answer that is continued only while it thinks', () => {
    expect(limitFor(20, { partial: '<think>\nWell' })).toMatchObject({ isOpen: true });
    expect(limitFor(20, { partial: '<think>\nWell</think>\n\nYes' })).toBeUndefined();
    expect(limitFor(20, { partial: 'Yes' })).toBeUndefined();
  });
});

/** Says the tokens, one after another, whatever comes in between; remembers what it took. */
function saying(texts: readonly string[]): TokenModel & { readonly taken: number[] } {
  const taken: number[] = [];
  let said = 0;
  return {
    taken,
    contextTokens: 1000,
    prefillStepTokens: 16,
    rewind: () => Promise.resolve(),
    prefill: () => Promise.resolve(),
    startSampling: () => Promise.resolve(),
    sample: () => {
      const text = texts[said];
      said += 1;
      return Promise.resolve(text === undefined ? null : { token: said, text });
    },
    accept: (token) => Promise.resolve(void taken.push(token)),
    choiceProbabilities: () => Promise.resolve([]),
    json: null,
  };
}

const closing = [
  { token: 901, text: '\n' },
  { token: 902, text: '</think>' },
  { token: 903, text: '\n\n' },
];
async function answer(texts: readonly string[], limit: Partial<GenerateParams['thoughts']> = {}) {
  const model = saying(texts);
  const thoughts = {
    budgetTokens: 3,
    opening: '<think>',
    closing: '</think>',
    isOpen: false,
    ...limit,
  };
  const params = { maxTokens: 60, temperature: 0, topP: 1, repeatPenalty: 1, thoughts };
  let text = '';
  const stream = new Generation(model).answer([1], params, new AbortController().signal, closing);
  for await (const event of stream) if (event.type === 'token') text += event.text;
  return { text, taken: model.taken };
}

describe('thoughts that take too long', () => {
  const long = ['<think>', '\n', 'a', 'b', 'Yes', '.'];
  it('are closed by the model’s own mark, and the answer continues after it', async () => {
    const { text, taken } = await answer(long);
    expect(text).toBe('<think>\nab\n</think>\n\nYes.');
    // The model reads it as if it had written it.
    expect(taken).toEqual([1, 2, 3, 4, 901, 902, 903, 5, 6]);
  });

  it('are closed at once with a budget of 0, also if the prompt begins them', async () => {
    expect((await answer(['<think>', 'Yes'], { budgetTokens: 0 })).text).toBe(
      '<think>\n</think>\n\nYes',
    );
    expect((await answer(['a', 'b', 'c', 'Yes'], { isOpen: true })).text).toBe(
      'abc\n</think>\n\nYes',
    );
  });

  it('are not changed if they end in time, also with a mark of several tokens', async () => {
    const short = ['<th', 'ink>', 'a', '</th', 'ink>', 'Yes', ' and', ' more', ' words'];
    expect((await answer(short)).text).toBe('<think>a</think>Yes and more words');
  });

  it('are none if an answer does not begin with them', async () => {
    const said = ['Use', ' <think>', ' a', ' b', ' c', ' d'];
    expect((await answer(said)).text).toBe(said.join(''));
  });
});
