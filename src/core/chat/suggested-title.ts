/** Titles that a model suggests after the first answer; a title of the visitor's own goes before them. */
import { visibleText } from '../visible-text';
import { activePath } from './branches';
import type { Conversation, Exchange } from './conversation';
import { answerOf } from './thoughts';

/** When titles are suggested; `auto`: by models that are large enough. */
export const titleChoices = ['auto', 'on', 'off'] as const;
export type TitleChoice = (typeof titleChoices)[number];

/** A model with a billion parameters has about as many bytes; smaller ones repeat the question or write a list. */
const largeModelBytes = 500_000_000;

export function suggestsTitles(
  choice: TitleChoice,
  { downloadBytes }: { readonly downloadBytes: number },
): boolean {
  return choice === 'auto' ? downloadBytes >= largeModelBytes : choice === 'on';
}

/**
 * True after the first answer to the first question. Documents stand in the question only when it is asked, so a prompt
 * without them would cost their place in the KV cache.
 */
export function wantsTitle(conversation: Conversation): boolean {
  const { title, suggestedTitle } = conversation;
  const [question, answer, ...others] = activePath(conversation);
  return (
    title === undefined &&
    suggestedTitle === undefined &&
    others.length === 0 &&
    question?.role === 'user' &&
    !question.attachments?.length &&
    answer?.role === 'assistant' &&
    answer.state === 'done' &&
    answerOf(answer.text).trim() !== ''
  );
}

const request =
  'Write a title for this conversation, in its language: at most six words on one line. Reply with the title alone.';

/** Enough for six words in any language. */
export const titleTokens = 24;

/** The conversation with the request as its next question, so that all before it is in the KV cache. */
export const titleExchanges = (exchanges: readonly Exchange[]): readonly Exchange[] => [
  ...exchanges,
  { questionId: '', user: request, assistant: null },
];

const titleCharacters = 60;
/** An imported one may be of any length. */
const readCharacters = 1000;

/** The title in what a model wrote, as one line that can be seen whole; null if there is none. */
export function titleIn(written: string): string | null {
  const lines = visibleText(answerOf(written).slice(0, readCharacters)).split('\n');
  const line = lines.map(bare).find((one) => one !== '') ?? '';
  if (!/[\p{L}\p{N}]/u.test(line)) return null;
  return shortened(line);
}

/** Without what models put around a title: a label, quotation marks, marks of Markdown, a full stop. */
function bare(line: string): string {
  const around = new Set('"\'`“”„«»‘’*_#.: \t');
  const trim = (text: string) => {
    const characters = [...text.replace(/\s/g, ' ')];
    const from = characters.findIndex((one) => !around.has(one));
    const to = characters.findLastIndex((one) => !around.has(one));
    return from < 0 ? '' : characters.slice(from, to + 1).join('');
  };
  return trim(trim(line).replace(/^(?:title|titolo)\s?:/i, '')).replace(/ {2,}/g, ' ');
}

function shortened(line: string): string {
  if (line.length <= titleCharacters) return line;
  const head = line
    .slice(0, titleCharacters - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '');
  const space = head.lastIndexOf(' ');
  return `${space > titleCharacters / 2 ? head.slice(0, space) : head}…`;
}
