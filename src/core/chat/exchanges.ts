/** What a model may see of a chat: its turns as questions with their answers. */
import { dateSentence } from '../prompt/as-of-date';
import type { Exchange, Turn } from './conversation';
import { answerOf } from './thoughts';

/**
 * The exchanges that a model may see, without its thoughts. Questions whose answer failed before its first
 * token are left out, except the newest; the text of a stopped answer counts.
 */
export function exchangesOf(turns: readonly Turn[]): readonly Exchange[] {
  const newest = turns.findLastIndex(({ role }) => role === 'user');
  return turns.flatMap((turn, index): Exchange[] => {
    if (turn.role !== 'user') return [];
    const next = turns[index + 1];
    const text = next?.role === 'assistant' ? answerOf(next.text) : '';
    const answer = text.trim() === '' ? null : text;
    if (answer === null && index !== newest) return [];
    const summary = turn.summary ? { summary: turn.summary.text } : {};
    const system = turn.asOf ? { system: dateSentence(turn.asOf) } : {};
    const isGiven = turn.attachments?.some(({ unused }) => !unused);
    const documents = isGiven ? { hasDocuments: true as const } : {};
    const question = { ...system, user: turn.text, ...documents };
    return [{ questionId: turn.id, ...question, assistant: answer, ...summary }];
  });
}

/** Adds the partial answer to the newest exchange, for the model to continue. */
export function withPartial(exchanges: readonly Exchange[], partial: string): readonly Exchange[] {
  const newest = exchanges.at(-1);
  return newest && partial !== '' ? exchanges.with(-1, { ...newest, partial }) : exchanges;
}
