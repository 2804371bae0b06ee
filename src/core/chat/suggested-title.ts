/** Titles that a model suggests after the first answer. A title that the visitor typed replaces them. */
import type { TitleChoice } from '../settings/preferences';
import { activePath } from './branches';
import type { Conversation, Exchange } from './conversation';
import { answerOf } from './thoughts';

/** A model with a billion parameters has about as many bytes; smaller ones repeat the question or write a list. */
const largeModelBytes = 500_000_000;

export function suggestsTitles(
  choice: TitleChoice,
  { downloadBytes }: { readonly downloadBytes: number },
): boolean {
  return choice === 'auto' ? downloadBytes >= largeModelBytes : choice === 'on';
}

/**
 * True after the first answer to the first question. Not for a question with documents: the title's prompt does not
 * contain them, so they would be lost from the KV cache.
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
