/** What a conversation is, and the pure steps by which it grows. Ids and times come from outside. */
import type { ErrorCode, ErrorData } from '../protocol/errors';
import { type ConversationSettings, defaultSettings } from './conversation-settings';

export const conversationSchema = 2;

interface AnyTurn {
  readonly id: string;
  /** The turn before it; null for a first one. Turns with the same parent are branches. */
  readonly parentId: string | null;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

export interface UserTurn extends AnyTurn {
  readonly role: 'user';
}

/** How an answer stands. `unfinished`: its page or its engine went away while it was written. */
export type AnswerState = 'waiting' | 'streaming' | 'done' | 'stopped' | 'unfinished' | 'failed';

export interface AnswerFigures {
  readonly timeToFirstTokenMs: number;
  /** From the first token to the last, on the page's clock; 0 when there was only one. */
  readonly tokensPerSecond: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly prefillMs: number;
}

export interface AnswerTurn extends AnyTurn {
  readonly role: 'assistant';
  readonly modelId: string;
  /** As the model was called then, since models come and go; absent in older answers. */
  readonly modelName?: string;
  /** Where another model wrote the beginning, and this one went on. */
  readonly alsoBy?: readonly { readonly id: string; readonly name: string }[];
  readonly state: AnswerState;
  readonly error?: { readonly code: ErrorCode; readonly data: ErrorData };
  readonly figures?: AnswerFigures;
  /** The reply limit ended it, not the model. */
  readonly cutShort?: boolean;
}

export type Turn = UserTurn | AnswerTurn;

export interface Conversation {
  readonly schema: typeof conversationSchema;
  readonly id: string;
  readonly createdMs: number;
  /** Of all branches, each after its parent; `core/branches` has the way through them. */
  readonly turns: readonly Turn[];
  /** The last turn of the branch that is shown; null while there is none. */
  readonly leafId: string | null;
  readonly settings: ConversationSettings;
  /** Given by the visitor; without one the first message serves. */
  readonly title?: string;
  /** The visitor keeps it at the top of the list. */
  readonly onTop?: boolean;
}

export function emptyConversation(
  id: string,
  createdMs: number,
  settings = defaultSettings,
): Conversation {
  return { schema: conversationSchema, id, createdMs, turns: [], leafId: null, settings };
}

/** True while an answer is on its way. */
export function isBeingWritten(turn: Turn): boolean {
  return turn.role === 'assistant' && (turn.state === 'waiting' || turn.state === 'streaming');
}

/** What a person typed, ready to send: lone surrogates made whole (engines reject them), or null if blank. */
export function cleanInput(typed: string): string | null {
  const text = typed.toWellFormed().trim();
  return text === '' ? null : text;
}

/** An exchange is a question and the answer that came back, if one did. */
export interface Exchange {
  readonly questionId: string;
  readonly user: string;
  /** null for the newest question. */
  readonly assistant: string | null;
  /** With the newest question: what there is of its answer, from whose end the model goes on. */
  readonly begun?: string;
}

/**
 * The exchanges a model is to see. Questions whose answer failed before its first token are left
 * out, except the newest; what was written of a stopped answer counts.
 */
export function exchangesOf(turns: readonly Turn[]): readonly Exchange[] {
  const exchanges: Exchange[] = [];
  turns.forEach((turn, index) => {
    if (turn.role !== 'user') return;
    const next = turns[index + 1];
    const isNewest = turns.slice(index + 1).every((later) => later.role !== 'user');
    if (isNewest) exchanges.push({ questionId: turn.id, user: turn.text, assistant: null });
    else if (next?.role === 'assistant' && next.text.trim() !== '') {
      exchanges.push({ questionId: turn.id, user: turn.text, assistant: next.text });
    }
  });
  return exchanges;
}

/** The exchanges with the newest answer begun, for a model to go on from its end. */
export function withBegun(exchanges: readonly Exchange[], begun: string): readonly Exchange[] {
  const newest = exchanges.at(-1);
  return newest && begun !== '' ? exchanges.with(-1, { ...newest, begun }) : exchanges;
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
  { error: _error, figures: _figures, cutShort: _cutShort, ...answer }: AnswerTurn,
  { id, name }: { id: string; name: string },
): AnswerTurn {
  // A model begins its words with a space; one at the end would be a second.
  const text = answer.text.replace(/ +$/, '');
  const others = (answer.alsoBy ?? []).filter((model) => model.id !== id);
  const before = { id: answer.modelId, name: answer.modelName ?? answer.modelId };
  const alsoBy = answer.modelId === id ? others : [...others, before];
  return {
    ...{ ...answer, text, modelId: id, modelName: name, state: 'waiting' },
    ...(alsoBy.length > 0 ? { alsoBy } : {}),
  };
}
