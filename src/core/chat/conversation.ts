/** Pure functions on conversations. Ids and times come from outside. */
import {
  type AnswerTurn,
  type Conversation,
  conversationSchemaVersion,
  type Turn,
} from './conversation-schema';
import { defaultSettings } from './conversation-settings';
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

/** True while the answer is waiting or streaming. */
export function isBeingWritten(turn: Turn): boolean {
  return turn.role === 'assistant' && (turn.state === 'waiting' || turn.state === 'streaming');
}

/** A typed message, ready to send: lone surrogates are replaced, because engines reject them. Null if blank. */
export function cleanInput(typed: string): string | null {
  const text = withoutBlankEnds(typed.toWellFormed());
  return text === '' ? null : text;
}

/** A question and its answer, if there is one. */
export interface Exchange {
  readonly questionId: string;
  /** An instruction for this question alone, placed before it. */
  readonly system?: string;
  readonly user: string;
  /** True if documents came with this question or an earlier one. */
  readonly hasDocuments?: true;
  /** Null for a question without an answer. */
  readonly assistant: string | null;
  /** A summary of everything before this exchange. */
  readonly summary?: string | undefined;
  /** The partial answer to the newest question, for the model to continue. */
  readonly partial?: string;
}

/**
 * Marks answers that no tab is writing any more as unfinished. After a reload these are all answers in progress, except
 * one that another tab is still writing.
 */
export function endAbandoned(
  conversation: Conversation,
  isWrittenElsewhere: (turnId: string) => boolean = () => false,
): Conversation {
  const isAbandoned = (turn: Turn) => isBeingWritten(turn) && !isWrittenElsewhere(turn.id);
  if (!conversation.turns.some(isAbandoned)) return conversation;
  const turns = conversation.turns.map((turn): Turn =>
    isAbandoned(turn) ? { ...(turn as AnswerTurn), state: 'unfinished' } : turn,
  );
  return { ...conversation, turns };
}

/** Prepares a partial answer to be continued by the chosen model. */
export function answerToContinue(
  { error: _error, stats: _stats, truncated: _truncated, ...answer }: AnswerTurn,
  { id, name }: { id: string; name: string },
): AnswerTurn {
  // Models begin words with a space, so a space at the end would be doubled.
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
