/** An answer in the visitor's words: a version beside the one that the model wrote. */
import { type AnswerTurn, cleanInput } from './conversation';
import { answerOf } from './thoughts';

/** The visitor wrote its end, so a model may go on from there. */
export const endsAsEdited = ({ edited, stats, state }: AnswerTurn): boolean =>
  edited === true && stats === undefined && state === 'done';

/**
 * Null if the text is blank, or as it was. The model's thoughts stay before it. What was measured of the model's own
 * text goes, and the instruction that was pinned: nobody asks whether the visitor has followed it.
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
