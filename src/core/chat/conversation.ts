/** What a conversation is, and the pure steps by which it grows. Ids and times come from outside. */
import { dateSentence } from '../prompt/as-of-date';
import {
  type AnswerTurn,
  type Conversation,
  conversationSchemaVersion,
  type Turn,
} from './conversation-schema';
import { defaultSettings } from './conversation-settings';
import { answerOf } from './thoughts';
import { withoutBlankEnds, withoutEnd } from '../trim';

export type {
  AnswerStats,
  AnswerTurn,
  Conversation,
  Summary,
  Turn,
  UserTurn,
} from './conversation-schema';

export function emptyConversation(
  id: string,
  createdMs: number,
  settings = defaultSettings,
): Conversation {
  return { schema: conversationSchemaVersion, id, createdMs, turns: [], leafId: null, settings };
}

/** True while an answer is on its way. */
export function isBeingWritten(turn: Turn): boolean {
  return turn.role === 'assistant' && (turn.state === 'waiting' || turn.state === 'streaming');
}

/** What a person typed, ready to send: lone surrogates made whole (engines reject them), or null if blank. */
export function cleanInput(typed: string): string | null {
  const text = withoutBlankEnds(typed.toWellFormed());
  return text === '' ? null : text;
}

/** An exchange is a question and the answer that came back, if one did. */
export interface Exchange {
  readonly questionId: string;
  /** What the model is told for this question alone, ahead of it. */
  readonly system?: string;
  readonly user: string;
  /** Documents stand in the question, or came earlier in the chat. */
  readonly hasDocuments?: true;
  /** null for a question that is not answered yet. */
  readonly assistant: string | null;
  /** Of what came before this exchange, if there is one. */
  readonly summary?: string | undefined;
  /** With the newest question: what there is of its answer, from whose end the model goes on. */
  readonly partial?: string;
}

/**
 * The exchanges a model is to see, without its thoughts. Questions whose answer failed before its first token are left
 * out, except the newest; what was written of a stopped answer counts.
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
    const documents = turn.attachments?.length ? { hasDocuments: true as const } : {};
    const told = { ...system, user: turn.text, ...documents };
    return [{ questionId: turn.id, ...told, assistant: answer, ...summary }];
  });
}

/** The exchanges with the newest answer partial, for a model to go on from its end. */
export function withPartial(exchanges: readonly Exchange[], partial: string): readonly Exchange[] {
  const newest = exchanges.at(-1);
  return newest && partial !== '' ? exchanges.with(-1, { ...newest, partial }) : exchanges;
}

/**
 * Marks as unfinished what nobody writes any more. After a reload that is every answer, except one that
 * another tab still writes.
 */
export function settle(
  conversation: Conversation,
  isWrittenElsewhere: (turnId: string) => boolean = () => false,
): Conversation {
  const isLeft = (turn: Turn) => isBeingWritten(turn) && !isWrittenElsewhere(turn.id);
  if (!conversation.turns.some(isLeft)) return conversation;
  const turns = conversation.turns.map((turn): Turn =>
    isLeft(turn) ? { ...(turn as AnswerTurn), state: 'unfinished' } : turn,
  );
  return { ...conversation, turns };
}

/** The answer, to be gone on with: by whoever is chosen now, from the end of its last word. */
export function reopened(
  { error: _error, stats: _stats, cutShort: _cutShort, ...answer }: AnswerTurn,
  { id, name }: { id: string; name: string },
): AnswerTurn {
  // A model begins its words with a space; one at the end would be a second.
  const text = withoutEnd(answer.text, ' ');
  const others = (answer.alsoBy ?? []).filter((model) => model.id !== id);
  const before = { id: answer.modelId, name: answer.modelName ?? answer.modelId };
  const alsoBy = answer.modelId === id ? others : [...others, before];
  return {
    ...answer,
    text,
    modelId: id,
    modelName: name,
    state: 'waiting',
    ...(alsoBy.length > 0 ? { alsoBy } : {}),
  };
}
