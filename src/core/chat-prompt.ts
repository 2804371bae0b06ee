/** Builds the prompt of a conversation in a model's own format; engines never apply a template. */
import type { Prompt, PromptPart } from '../protocol/engine';
import { assertNever } from '../protocol/errors';
import type { Exchange } from './conversation';

export type TemplateId = 'chatml' | 'llama2' | 'zephyr';

export interface PromptInput {
  readonly system: string;
  /** At least one; the last one's answer is null, and is what the model is to write, or to go on with. */
  readonly exchanges: readonly Exchange[];
}

export function chatPrompt(template: TemplateId, input: PromptInput): Prompt {
  switch (template) {
    case 'chatml':
      return chatml(input);
    case 'llama2':
      return llama2(input);
    case 'zephyr':
      return zephyr(input);
    default:
      return assertNever(template);
  }
}

const control = (text: string): PromptPart => ({ type: 'control', text });
const text = (value: string): PromptPart => ({ type: 'text', text: value });

/** What there is of the newest answer, left open: no end token, so that the model goes on from there. */
function begunParts(exchanges: readonly Exchange[], before = ''): PromptPart[] {
  const begun = exchanges.at(-1)?.begun;
  return begun === undefined ? [] : [text(before + begun)];
}

/** ChatML, as in SmolLM2's tokenizer_config.json: `<|im_start|>role\n…<|im_end|>\n`. */
function chatml({ system, exchanges }: PromptInput): Prompt {
  const message = (role: string, body: string): PromptPart[] => [
    control('<|im_start|>'),
    text(`${role}\n`),
    // A part of its own: an answer's tokens are then cut as they were when the model wrote them,
    // and the KV cache still holds them on the next turn.
    text(body),
    control('<|im_end|>'),
    text('\n'),
  ];
  return [
    ...(system === '' ? [] : message('system', system)),
    ...exchanges.flatMap(({ user, assistant }) => [
      ...message('user', user),
      ...(assistant === null ? [] : message('assistant', assistant)),
    ]),
    control('<|im_start|>'),
    text('assistant\n'),
    ...begunParts(exchanges),
  ];
}

/**
 * Llama 2's chat format, as Meta's reference code (`chat_completion` in `llama/generation.py`) has
 * it: each exchange is `<s>[INST] question [/INST] answer </s>`, the system text stands inside the
 * first question between `<<SYS>>` lines. `[INST]` and `<<SYS>>` are plain text in Llama 2's
 * vocabulary; only `<s>` and `</s>` are control tokens.
 */
function llama2({ system, exchanges }: PromptInput): Prompt {
  return exchanges.flatMap((exchange, index): PromptPart[] => {
    const { user, assistant } = exchange;
    const head = index === 0 && system !== '' ? `<<SYS>>\n${system}\n<</SYS>>\n\n` : '';
    const question = [control('<s>'), text(`[INST] ${head}${user.trim()} [/INST]`)];
    return assistant === null
      ? [...question, ...begunParts([exchange], ' ')]
      : [...question, text(` ${assistant.trim()} `), control('</s>')];
  });
}

/**
 * Zephyr's format, as in TinyLlama-Chat's tokenizer_config.json: `<|role|>\n…</s>\n`, then
 * `<|assistant|>\n`. The role marks are plain text in its vocabulary, which is Llama 2's.
 */
function zephyr({ system, exchanges }: PromptInput): Prompt {
  const message = (role: string, body: string): PromptPart[] => [
    text(`<|${role}|>\n${body}`),
    control('</s>'),
    text('\n'),
  ];
  return [
    ...(system === '' ? [] : message('system', system)),
    ...exchanges.flatMap(({ user, assistant }) => [
      ...message('user', user),
      ...(assistant === null ? [] : message('assistant', assistant)),
    ]),
    text('<|assistant|>\n'),
    ...begunParts(exchanges),
  ];
}
