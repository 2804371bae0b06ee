/** Builds the prompt of a conversation in a model's own format; engines never apply a template. */
import type { Prompt, PromptPart } from '../protocol/engine';
import { assertNever } from '../protocol/errors';
import type { Exchange } from './conversation';
import { breakMarks, llama2Marks, zephyrMarks } from './role-marks';

export const templateIds = ['chatml', 'llama2', 'zephyr'] as const;
export type TemplateId = (typeof templateIds)[number];

/** What of an exchange goes into a prompt. */
export type PromptExchange = Pick<Exchange, 'system' | 'user' | 'assistant' | 'begun'>;

/** What stands before the first exchange. */
export interface PromptOpening {
  readonly system: string;
  /** A control token that the model's file asks for, if the format has none of its own. */
  readonly bos?: string | undefined;
}

export interface PromptInput extends PromptOpening {
  /** At least one; the last one's answer is null, and is what the model is to write, or to go on with. */
  readonly exchanges: readonly PromptExchange[];
}

export function chatPrompt(template: TemplateId, { exchanges, ...opening }: PromptInput): Prompt {
  return exchanges.flatMap((exchange, index) =>
    exchangePrompt(template, exchange, index === 0 ? opening : null),
  );
}

/**
 * The part of a prompt that one exchange is: a prompt is one after the other. Only the first has an
 * opening, and with it the system text.
 */
export function exchangePrompt(
  template: TemplateId,
  exchange: PromptExchange,
  opening: PromptOpening | null,
): Prompt {
  const bos = opening?.bos ? [control(opening.bos)] : [];
  switch (template) {
    case 'chatml':
      return [...bos, ...chatml(exchange, opening)];
    case 'llama2':
      return llama2(exchange, opening);
    case 'zephyr':
      return [...bos, ...zephyr(exchange, opening)];
    default:
      return assertNever(template);
  }
}

/**
 * A piece of an answer's text without the space that the format itself has in front of an answer;
 * `isFirst` for the answer's first. All the rest stays as the model wrote it: the same text gives the
 * same tokens on the next turn, which are still in the KV cache.
 */
export function answerPiece(template: TemplateId, piece: string, isFirst: boolean): string {
  return template === 'llama2' && isFirst && piece.startsWith(' ') ? piece.slice(1) : piece;
}

type Build = (exchange: PromptExchange, opening: PromptOpening | null) => Prompt;

const control = (text: string): PromptPart => ({ type: 'control', text });
const text = (value: string): PromptPart => ({ type: 'text', text: value });

/** What there is of the newest answer, left open: no end token, so that the model goes on from there. */
const begunPart = (begun: string | undefined) => (begun === undefined ? [] : [text(begun)]);

/** ChatML, as in SmolLM2's tokenizer_config.json: `<|im_start|>role\n…<|im_end|>\n`. */
const chatml: Build = ({ system: own, user, assistant, begun }, opening) => {
  const told = opening?.system;
  const open = (role: string) => [control('<|im_start|>'), text(`${role}\n`)];
  // The body is a run of its own: an answer's tokens are then cut as they were when the model wrote them.
  const close = (body: string) => [text(body), control('<|im_end|>'), text('\n')];
  return [
    ...(told ? [...open('system'), ...close(told)] : []),
    ...(own ? [...open('system'), ...close(own)] : []),
    ...open('user'),
    ...close(user),
    ...open('assistant'),
    ...(assistant === null ? begunPart(begun) : close(assistant)),
  ];
};

/**
 * Llama 2's chat format, as Meta's reference code (`chat_completion` in `llama/generation.py`) has
 * it: each exchange is `<s>[INST] question [/INST] answer </s>`, the system text stands inside the
 * first question between `<<SYS>>` lines; a question's own stands inside it in the same way. An exchange is
 * one run of the tokenizer there, and so here. No token of the vocabulary goes over a space into what stands
 * before it, so the question's tokens are the same whether or not its answer follows.
 */
const llama2: Build = ({ system: own = '', user, assistant, begun }, opening) => {
  const safe = (typed: string) => breakMarks(typed, llama2Marks);
  const told = [opening?.system ?? '', own].filter((part) => part !== '').join('\n');
  const head = told === '' ? '' : `<<SYS>>\n${safe(told)}\n<</SYS>>\n\n`;
  const question = `[INST] ${(head + safe(user)).trim()} [/INST]`;
  return assistant === null
    ? [control('<s>'), text(begun === undefined ? question : `${question} ${safe(begun)}`)]
    : [control('<s>'), text(`${question} ${safe(assistant)} `), control('</s>')];
};

/**
 * Zephyr's format, as in TinyLlama-Chat's tokenizer_config.json: `<|role|>\n…</s>\n`, then
 * `<|assistant|>\n`. What stands between two control tokens is one run of the tokenizer.
 */
const zephyr: Build = ({ system: own, user, assistant, begun }, opening) => {
  const safe = (typed: string) => breakMarks(typed, zephyrMarks);
  const hasSystem = opening !== null && opening.system !== '';
  const isBeginning = opening !== null && !hasSystem;
  return [
    ...(hasSystem ? [text(`<|system|>\n${safe(opening.system)}`), control('</s>')] : []),
    ...(own ? [text(`${isBeginning ? '' : '\n'}<|system|>\n${safe(own)}`), control('</s>')] : []),
    text(`${isBeginning && !own ? '' : '\n'}<|user|>\n${safe(user)}`),
    control('</s>'),
    text(`\n<|assistant|>\n${safe(assistant ?? begun ?? '')}`),
    ...(assistant === null ? [] : [control('</s>')]),
  ];
};
