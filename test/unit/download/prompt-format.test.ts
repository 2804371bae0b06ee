import { describe, expect, it } from 'vitest';
import { chatPrompt } from '../../../src/core/chat-prompt';
import { promptFormat } from '../../../workers/download/prompt-format';

/** A file's metadata with that template; its tokens are those of Llama's vocabulary unless given. */
const of = (template: string | undefined, changes: Record<string, unknown> = {}) =>
  promptFormat({
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.tokens': [
      '<unk>',
      '<s>',
      '</s>',
      '<|im_start|>',
      '<|im_end|>',
      '<|endoftext|>',
    ],
    'tokenizer.ggml.bos_token_id': 1,
    'tokenizer.ggml.eos_token_id': 2,
    ...(template === undefined ? {} : { 'tokenizer.chat_template': template }),
    ...changes,
  });

const chatml = `{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system
You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>
' }}{% endif %}{{'<|im_start|>' + message['role'] + '
' + message['content'] + '<|im_end|>' + '
'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant
' }}{% endif %}`;
const chatmlWithTools = `{%- if tools %}
    {{- '<|im_start|>system\\n' }}{{- "# Tools\\n<tools>" }}{%- for tool in tools %}{{- tool | tojson }}{%- endfor %}
{%- else %}
    {%- if messages[0]['role'] == 'system' %}
        {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
    {%- else %}
        {{- '<|im_start|>system\\nYou are Qwen.<|im_end|>\\n' }}
    {%- endif %}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
`;
const zephyr = `{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>
' + message['content'] + eos_token }}
{% elif message['role'] == 'system' %}
{{ '<|system|>
' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>
'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}`;
const llama2 = `{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}`;

describe('a template that writes a format of Corral', () => {
  it.each([
    ['chatml', 'SmolLM2’s', chatml],
    ['chatml', 'one with tools', chatmlWithTools],
    ['zephyr', 'TinyLlama’s', zephyr],
    ['llama2', 'Llama 2’s', llama2],
  ])('is %s: %s', (format, _, template) => expect(of(template).template).toBe(format));
});

describe('a template of another format', () => {
  const roles = (user: string, assistant: string, end: string, system = user) =>
    `{{ bos_token }}{% for m in messages %}{% if m.role == 'system' %}{{ '${system}' + m.content + ${end} }}{% elif m.role == 'user' %}{{ '${user}' + m.content + ${end} }}{% else %}{{ '${assistant}' + m.content + eos_token }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '${assistant}' }}{% endif %}`;
  it.each([
    ['Phi 3', roles('<|user|>\\n', '<|assistant|>\\n', "'<|end|>\\n'", '<|system|>\\n')],
    [
      'Phi 4',
      roles('<|im_start|>user<|im_sep|>', '<|im_start|>assistant<|im_sep|>', "'<|im_end|>'"),
    ],
    ['OLMo', roles('<|user|>\\n', '<|assistant|>\\n', "'\\n'")],
    [
      'Llama 3',
      roles(
        '<|start_header_id|>user<|end_header_id|>\\n\\n',
        '<|start_header_id|>assistant<|end_header_id|>\\n\\n',
        "'<|eot_id|>'",
      ),
    ],
    ['Vicuna', roles('USER: ', 'ASSISTANT: ', "' '")],
    [
      'Mistral, which refuses a system text',
      `{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}{% elif m.role == 'user' %}{{ '[INST] ' + m.content + ' [/INST]' }}{% else %}{{ m.content + eos_token }}{% endif %}{% endfor %}`,
    ],
    ['ChatML without line breaks', chatml.replaceAll('\n', '')],
    ['ChatML that begins a thought', chatml.replace("assistant\n' }}", "assistant\n<think>\n' }}")],
    ['Llama 2 without its <s>', llama2.replace('bos_token + ', '')],
    ['no Jinja', '{% for'],
    ['a loop that is far too long', `{% for i in range(3) %}${'x'.repeat(200_000)}{% endfor %}`],
  ])('is refused: %s', (_, template) => expect(of(template).template).toBe('other'));

  it('is Zephyr’s with an end of its own', () => {
    expect(of(zephyr, { 'tokenizer.ggml.eos_token_id': 5 }).template).toBe('other');
  });

  it('is told from none at all', () => expect(of(undefined).template).toBe(''));
});

describe('the token before every prompt', () => {
  it('is there where the file asks for it', () => {
    expect(of(chatml).bos).toBe('');
    expect(of(chatml, { 'tokenizer.ggml.add_bos_token': true }).bos).toBe('<s>');
    expect(of(zephyr, { 'tokenizer.ggml.model': 'llama' }).bos).toBe('<s>');
    const not = { 'tokenizer.ggml.model': 'llama', 'tokenizer.ggml.add_bos_token': false };
    expect(of(zephyr, not).bos).toBe('');
  });

  it('is there where the template writes it', () => {
    expect(of(`{{ bos_token }}${chatml}`)).toEqual({ template: 'chatml', bos: '<s>' });
  });

  it('stands once, as a control token, before the first exchange', () => {
    const exchanges = [
      { user: 'Q', assistant: 'A' },
      { user: 'Q', assistant: null },
    ];
    for (const template of ['chatml', 'zephyr', 'llama2'] as const) {
      const prompt = chatPrompt(template, { system: 'S', bos: '<s>', exchanges });
      expect(prompt[0]).toEqual({ type: 'control', text: '<s>' });
      expect(prompt.filter(({ text }) => text === '<s>')).toHaveLength(
        template === 'llama2' ? 2 : 1,
      );
    }
  });
});
