// Templates written for this test after each format's documentation; the expected prompts are written by hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatPrompt } from '../../../src/core/prompt/chat-prompt';
import type { PromptFormat } from '../../../src/core/prompt/prompt-format';
import { mlcFormat } from '../../../workers/download/mlc-format';
import { promptFormat } from '../../../workers/download/gguf-format';
import {
  chatml,
  qwen,
  llama3,
  llama32,
  gemma2,
  gemma3,
  phi3,
  phi4,
  zephyr,
  mistral,
  deepSeek,
  llama2,
} from '../../fixtures/family-templates';

const control = [
  '<s>',
  '</s>',
  '<|im_start|>',
  '<|im_end|>',
  '<|im_sep|>',
  '<|endoftext|>',
  '<|begin_of_text|>',
  '<|start_header_id|>',
  '<|end_header_id|>',
  '<|eot_id|>',
  '<bos>',
  '<start_of_turn>',
  '<end_of_turn>',
  '[INST]',
  '[/INST]',
  '<|user|>',
  '<|assistant|>',
  '<|system|>',
  '<|end|>',
  '<｜begin▁of▁sentence｜>',
  '<｜User｜>',
  '<｜Assistant｜>',
  '<｜end▁of▁sentence｜>',
];

/** A file with that template; of the tokens above, only those in `kinds` (default: all) are control tokens. */
function formatOf(
  template: string | undefined,
  {
    bos = '<s>',
    eos = '</s>',
    known = control,
    ...changes
  }: { bos?: string; eos?: string; known?: readonly string[] } & Record<string, unknown> = {},
): PromptFormat {
  return promptFormat({
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.tokens': known,
    'tokenizer.ggml.token_type': known.map(() => 3),
    'tokenizer.ggml.bos_token_id': known.indexOf(bos),
    'tokenizer.ggml.eos_token_id': known.indexOf(eos),
    ...(template === undefined ? {} : { 'tokenizer.chat_template': template }),
    ...changes,
  });
}

const turns = [
  { user: 'Hi', assistant: 'Hello.' },
  { user: 'More?', assistant: null },
];
const written = (format: PromptFormat, system = 'S') =>
  chatPrompt(format, { system, exchanges: turns })
    .map(({ text }) => text)
    .join('');

const llama3Tokens = { bos: '<|begin_of_text|>', eos: '<|eot_id|>' };
const gemmaTokens = { bos: '<bos>', eos: '<end_of_turn>' };
const deepSeekTokens = { bos: '<｜begin▁of▁sentence｜>', eos: '<｜end▁of▁sentence｜>' };
const sentencePiece = { 'tokenizer.ggml.model': 'llama' };

const families: readonly (readonly [string, () => PromptFormat, string])[] = [
  [
    'Llama 2',
    () => formatOf(llama2, sentencePiece),
    '<s>[INST] <<SYS>>\nS\n<</SYS>>\n\nHi [/INST] Hello. </s><s>[INST] More? [/INST]',
  ],
  [
    'SmolLM2',
    () => formatOf(chatml),
    '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello.<|im_end|>\n<|im_start|>user\nMore?<|im_end|>\n<|im_start|>assistant\n',
  ],
  [
    'Qwen',
    () => formatOf(qwen),
    '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello.<|im_end|>\n<|im_start|>user\nMore?<|im_end|>\n<|im_start|>assistant\n',
  ],
  [
    'Llama 3',
    () => formatOf(llama3, llama3Tokens),
    '<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHello.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nMore?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
  ],
  [
    'Gemma 2, which refuses instructions',
    () => formatOf(gemma2, gemmaTokens),
    '<bos><start_of_turn>user\nS\n\nHi<end_of_turn>\n<start_of_turn>model\nHello.<end_of_turn>\n<start_of_turn>user\nMore?<end_of_turn>\n<start_of_turn>model\n',
  ],
  [
    'Gemma 3',
    () => formatOf(gemma3, gemmaTokens),
    '<bos><start_of_turn>user\nS\n\nHi<end_of_turn>\n<start_of_turn>model\nHello.<end_of_turn>\n<start_of_turn>user\nMore?<end_of_turn>\n<start_of_turn>model\n',
  ],
  // Phi 3's vocabulary drops line breaks after its tokens.
  [
    'Phi 3.5',
    () => formatOf(phi3, { ...sentencePiece, 'general.architecture': 'phi3' }),
    '<s><|system|>S<|end|><|user|>Hi<|end|><|assistant|>Hello.<|end|><|user|>More?<|end|><|assistant|>',
  ],
  [
    'Phi 4',
    () => formatOf(phi4),
    '<|im_start|>system<|im_sep|>S<|im_end|><|im_start|>user<|im_sep|>Hi<|im_end|><|im_start|>assistant<|im_sep|>Hello.<|im_end|><|im_start|>user<|im_sep|>More?<|im_end|><|im_start|>assistant<|im_sep|>',
  ],
  // After a token, SentencePiece adds the space that the template writes.
  [
    'Mistral, whose instructions stay with the first question',
    () => formatOf(mistral, sentencePiece),
    '<s>[INST]S\n\nHi[/INST]Hello.</s>[INST]More?[/INST]',
  ],
  [
    'TinyLlama',
    () =>
      formatOf(zephyr, {
        ...sentencePiece,
        known: ['<s>', '</s>'],
        'tokenizer.ggml.add_bos_token': false,
      }),
    '<|system|>\nS</s>\n<|user|>\nHi</s>\n<|assistant|>\nHello.</s>\n<|user|>\nMore?</s>\n<|assistant|>\n',
  ],
  [
    'DeepSeek R1',
    () => formatOf(deepSeek, deepSeekTokens),
    '<｜begin▁of▁sentence｜>S<｜User｜>Hi<｜Assistant｜>Hello.<｜end▁of▁sentence｜><｜User｜>More?<｜Assistant｜><think>\n',
  ],
];

describe('the prompt of a model’s own template', () => {
  it.each(families)('is the format of %s', (_, format, expected) => {
    expect(written(format())).toBe(expected);
  });

  it('is Llama 2’s format, which is written by hand, if the template writes it', () => {
    expect(formatOf(llama2, sentencePiece)).toBe('llama2');
  });

  it('contains the template’s own instructions if a chat has none', () => {
    expect(written(formatOf(qwen), '')).toMatch(/^<\|im_start\|>system\nDefault\.<\|im_end\|>\n/);
  });

  it('shows earlier answers as the template does: without thoughts, without white space', () => {
    const exchanges = [{ ...turns[0]!, assistant: '<think>\nT\n</think>\n\nA' }, turns[1]!];
    const text = (format: PromptFormat) =>
      chatPrompt(format, { system: '', exchanges })
        .map((part) => part.text)
        .join('');
    expect(formatOf(qwen)).toMatchObject({ dropsThoughts: true });
    expect(text(formatOf(qwen))).toContain('assistant\nA<|im_end|>');
    expect(formatOf(llama3, llama3Tokens)).toMatchObject({
      trims: ['system', 'user', 'assistant'],
    });
  });

  it('begins an answer like the earlier ones if the template has no generation prompt', () => {
    const bare = chatml.replace(/\{% if add_generation_prompt.*$/, '');
    expect(written(formatOf(bare))).toMatch(/<\|im_start\|>assistant\n$/);
  });
});

describe('what people and models write', () => {
  const hostile = fc
    .array(
      fc.oneof(fc.constantFrom(...control, '\n', ' ', 'user', '</think>', 'qzAsk1'), fc.string()),
    )
    .map((all) => all.join(''));

  it.each(families)(
    'is never a control part, and each new prompt begins with the last: %s',
    (_, format) => {
      const own = format();
      fc.assert(
        fc.property(
          hostile,
          fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 4 }),
          (system, said) => {
            const controls = (texts: readonly (readonly [string, string])[], told: string) =>
              promptOf(texts, told)
                .filter(({ type }) => type === 'control')
                .map(({ text }) => text);
            const promptOf = (texts: readonly (readonly [string, string])[], told: string) =>
              chatPrompt(own, {
                system: told,
                exchanges: texts.map(([user, assistant], at) => ({
                  user,
                  assistant: at === texts.length - 1 ? null : assistant,
                })),
              });
            const plain = said.map(() => ['a', 'b'] as const);
            expect(controls(said, system)).toEqual(controls(plain, system === '' ? '' : 'c'));
            const before = promptOf(said.slice(0, -1), system)
              .map(({ text }) => text)
              .join('');
            const whole = promptOf(said, system)
              .map(({ text }) => text)
              .join('');
            const end = typeof own === 'string' ? '' : own.generation;
            const isRewritten = end.endsWith('<think>\n');
            if (said.length > 1) {
              const kept = isRewritten
                ? before.slice(0, before.length - '<think>\n'.length)
                : before;
              expect(whole.startsWith(kept)).toBe(true);
            }
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});

describe('a template that cannot be used', () => {
  it.each([
    ['template-missing', undefined],
    ['template-missing', ' '],
    ['template-broken', '{% for'],
    ['template-broken', "{{ raise_exception('never') }}"],
    ['template-broken', '{{ nothing.at.all() }}'],
    ['template-too-large', 'x'.repeat(200_000)],
    ['template-irregular', "{{ 'always the same' }}"],
    [
      'template-irregular',
      '{% for m in messages %}{{ m.content | length }}{{ m.content }}{% endfor %}',
    ],
    ['template-irregular', '{% for m in messages %}{{ m.content }}{{ m.content }}{% endfor %}'],
    ['template-irregular', '{% for m in messages %}{{ loop.index }}{{ m.content }}{% endfor %}'],
  ])('is refused as %s: %j', (code, template) => {
    expect(() => formatOf(template)).toThrow(expect.objectContaining({ code }));
  });
});

const turnsOf =
  "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

describe('a template that would take all time or memory', () => {
  const doubling = (start: string) =>
    `{% set ns = namespace(s=${start}) %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}`;
  it.each([
    [
      'a loop of a million steps',
      '{% for a in range(10000) %}{% for b in range(100) %}x{% endfor %}{% endfor %}',
    ],
    ['a list of a thousand million numbers', '{% for i in range(1000000000) %}{% endfor %}'],
    ['a list that doubles', doubling('[1]')],
    ['a text that doubles', doubling("'aaaaaaaaaa'")],
    ['more text than a format may have', `{{ '${'a'.repeat(30_000)}' }}`],
    ['brackets in brackets', `{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`],
    ['a macro that calls itself', '{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}'],
  ])('is refused at once: %s', (_, before) => {
    const start = performance.now();
    expect(() => formatOf(before + turnsOf)).toThrow(
      expect.objectContaining({ code: 'template-broken' }),
    );
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('reaches nothing but its values', () => {
    for (const found of ['messages.constructor', 'self', 'globalThis', "{}['__proto__']"]) {
      expect(written(formatOf(`{{ ${found} }}${turnsOf}`))).toBe(written(formatOf(turnsOf)));
    }
  });
});

describe('other features of templates', () => {
  it('a date is the template’s own if it has one, else the date of the day, in English', () => {
    expect(written(formatOf(llama32, llama3Tokens))).toContain('Today Date: 26 Jul 2024\n');
    const day = "{{ strftime_now('%d %B %Y, 100%%') + '\\n' }}";
    expect(written(formatOf(day + turnsOf))).toMatch(/^\d\d [A-Z][a-z]+ \d{4}, 100%\n</);
  });

  it('the last answer may end otherwise than earlier ones (OLMo 2)', () => {
    const olmo = `{{ bos_token }}{% for m in messages %}{% if m.role == 'assistant' %}{{ '<|assistant|>\\n' + m.content + eos_token }}{% if not loop.last %}{{ '\\n' }}{% endif %}{% else %}{{ '<|' + m.role + '|>\\n' + m.content + '\\n' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}`;
    expect(written(formatOf(olmo))).toBe(
      '<s><|system|>\nS\n<|user|>\nHi\n<|assistant|>\nHello.</s>\n<|user|>\nMore?\n<|assistant|>\n',
    );
  });

  it('a message may be a list of parts, as models that see have it', () => {
    const parts = turnsOf.replace('m.content', "(m.content | map(attribute='text') | join(''))");
    expect(written(formatOf(parts))).toBe(written(formatOf(turnsOf)));
  });

  it('white space is taken off, tools and documents are left out', () => {
    const spaced =
      "{%- for m in messages -%}\n  {{- '<|im_start|>' + m.role + '\\n' -}}\n {{- m.content -}} \n{{- '<|im_end|>\\n' -}}\n{%- endfor -%}\n{%- if add_generation_prompt -%}\n{{- '<|im_start|>assistant\\n' -}}\n{%- endif -%}\n";
    const tools =
      '{%- if tools %}{{ tools | tojson }}{%- endif %}{% if documents is defined %}D{% endif %}';
    expect(written(formatOf(tools + spaced))).toBe(written(formatOf(turnsOf)));
  });

  it('two questions in a row may be refused', () => {
    const strict =
      "{% for m in messages %}{% if not loop.first and m.role == messages[loop.index0 - 1].role %}{{ raise_exception('must alternate') }}{% endif %}{% endfor %}";
    expect(written(formatOf(strict + turnsOf))).toBe(written(formatOf(turnsOf)));
  });
});

describe('the token before every prompt', () => {
  const first = (changes: Record<string, unknown>, template = chatml) =>
    chatPrompt(formatOf(template, changes), { system: '', exchanges: turns }).filter(
      ({ text }) => text === '<s>',
    ).length;

  it('comes once if the file or the template asks for it, and not otherwise', () => {
    expect(first({})).toBe(0);
    expect(first({ 'tokenizer.ggml.add_bos_token': true })).toBe(1);
    expect(first({}, `{{ bos_token }}${chatml}`)).toBe(1);
    expect(first({ 'tokenizer.ggml.add_bos_token': true }, `{{ bos_token }}${chatml}`)).toBe(1);
    // SmolLM2’s BOS marks each turn.
    const marks = formatOf(chatml, { bos: '<|im_start|>', eos: '<|im_end|>' });
    expect(written(marks)).toMatch(/^<\|im_start\|>system/);
    expect(first(sentencePiece)).toBe(1);
    expect(first({ ...sentencePiece, 'tokenizer.ggml.add_bos_token': false })).toBe(0);
  });
});

describe('MLC’s conversation template', () => {
  it('becomes the same prompt: Qwen’s is ChatML', () => {
    const format = mlcFormat(
      {
        conv_template: {
          name: 'qwen2',
          system_template: '<|im_start|>system\n{system_message}<|im_end|>\n',
          roles: { user: '<|im_start|>user', assistant: '<|im_start|>assistant' },
          seps: ['<|im_end|>\n'],
          role_content_sep: '\n',
          role_empty_sep: '\n',
          role_templates: { user: '{user_message}', assistant: '{assistant_message}' },
          system_prefix_token_ids: null,
          stop_str: ['<|endoftext|>'],
        },
      },
      null,
    )!;
    for (const system of ['', 'S']) {
      expect(written(format, system)).toBe(written(formatOf(chatml), system));
    }
    expect(format).toMatchObject({ stop: ['<|endoftext|>'] });
  });

  const eot = '<|eot_id|>';
  const head = (role: string) => `<|start_header_id|>${role}<|end_header_id|>\n\n`;
  it.each([
    [
      'Llama 3',
      {
        system_template: `${head('system')}{system_message}${eot}`,
        roles: { user: '<|start_header_id|>user', assistant: '<|start_header_id|>assistant' },
        seps: [eot],
        role_content_sep: '<|end_header_id|>\n\n',
        role_empty_sep: '<|end_header_id|>\n\n',
        system_prefix_token_ids: [1],
      },
      '<|begin_of_text|>',
      `<|begin_of_text|>${head('system')}S${eot}${head('user')}Hi${eot}${head('assistant')}Hello.${eot}${head('user')}More?${eot}${head('assistant')}`,
    ],
    [
      'Gemma, which has no place for instructions and writes its BOS itself',
      {
        system_template: '<bos>{system_message}',
        seps: ['<end_of_turn>\n'],
        roles: { user: '<start_of_turn>user', assistant: '<start_of_turn>model' },
        role_content_sep: '\n',
        role_empty_sep: '\n',
        system_prefix_token_ids: [1],
      },
      '<bos>',
      '<bos><start_of_turn>user\nS\n\nHi<end_of_turn>\n<start_of_turn>model\nHello.<end_of_turn>\n<start_of_turn>user\nMore?<end_of_turn>\n<start_of_turn>model\n',
    ],
    [
      'Phi 3, whose instructions end as a question does',
      {
        system_template: '<|system|>\n{system_message}',
        seps: ['<|end|>\n'],
        roles: { user: '<|user|>', assistant: '<|assistant|>' },
        role_content_sep: '\n',
        role_empty_sep: '\n',
        system_prefix_token_ids: [1],
      },
      '<s>',
      '<s><|system|>\nS<|end|>\n<|user|>\nHi<|end|>\n<|assistant|>\nHello.<|end|>\n<|user|>\nMore?<|end|>\n<|assistant|>\n',
    ],
    [
      'DeepSeek, with its BOS in the template alone',
      {
        system_template: '<｜begin▁of▁sentence｜>{system_message}',
        roles: { user: '<｜User｜>', assistant: '<｜Assistant｜>' },
        seps: ['', '<｜end▁of▁sentence｜>'],
        role_content_sep: '',
        role_empty_sep: '',
      },
      '',
      '<｜begin▁of▁sentence｜><｜User｜>S\n\nHi<｜Assistant｜>Hello.<｜end▁of▁sentence｜><｜User｜>More?<｜Assistant｜>',
    ],
  ])('becomes the prompt of %s', (_, template, bos, expected) => {
    const tokens = { added_tokens_decoder: bos === '' ? {} : { 1: { content: bos } } };
    const format = mlcFormat({ conv_template: { name: 'any', ...template } }, tokens)!;
    expect(written(format)).toBe(expected);
  });

  it('is Llama 2’s for its name, and none for other names', () => {
    expect(mlcFormat({ conv_template: { name: 'llama-2' } }, null)).toBe('llama2');
    expect(mlcFormat({}, null)).toBe(null);
  });
});
