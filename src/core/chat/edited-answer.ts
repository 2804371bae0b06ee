/** An answer in the visitor's words: a version beside the one that the model wrote. */
import { type AnswerTurn, cleanInput } from './conversation';
import { answerOf } from './thoughts';

/** True if the visitor wrote the end of the answer, so that a model may continue it. */
export const endsAsEdited = ({ edited, stats, state }: AnswerTurn): boolean =>
  edited === true && stats === undefined && state === 'done';

/**
 * Null if the text is blank or unchanged. Keeps the model's thoughts before it. Drops the stats, which are those of the
 * model's text, and the pinned instruction, which does not apply to the visitor's text.
 */
export function editedAnswer(
  {
    error: _error,
    stats: _stats,
    truncated: _truncated,
    bestOf: _bestOf,
    pinned: _pin,
    ...turn
  }: AnswerTurn,
  typed: string,
  { id, atMs }: { readonly id: string; readonly atMs: number },
): AnswerTurn | null {
  const text = cleanInput(typed);
  const before = answerOf(turn.text);
  if (text === null || text === before) return null;
  const thoughts = turn.text.slice(0, turn.text.length - before.length);
  return { ...turn, id, atMs, text: thoughts + text, state: 'done', edited: true };
}
