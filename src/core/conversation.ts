/** What a conversation is, and the pure steps by which it grows. Ids and times come from outside. */
import type { ErrorCode, ErrorData } from '../protocol/errors';
import { type AsOfDate, dateSentence } from './as-of-date';
import type { BestOf } from './best-of';
import type { ConversationSettings } from './conversation-settings';

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
  /** The date of this message alone. */
  readonly asOf?: AsOfDate;
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
  readonly state: AnswerState;
  readonly error?: { readonly code: ErrorCode; readonly data: ErrorData };
  readonly figures?: AnswerFigures;
  /** The reply limit ended it, not the model. */
  readonly cutShort?: boolean;
  /** Where several were written: all of them. The picked one's text is the turn's. */
  readonly bestOf?: BestOf;
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
}

/** What a person typed, ready to send: lone surrogates made whole (engines reject them), or null if blank. */
export function cleanInput(typed: string): string | null {
  const text = typed.toWellFormed().trim();
  return text === '' ? null : text;
}

/** An exchange is a question and the answer that came back, if one did. */
export interface Exchange {
  readonly questionId: string;
  /** What the model is told for this question alone, ahead of it. */
  readonly system?: string;
  readonly user: string;
  /** null for the newest question. */
  readonly assistant: string | null;
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
    const question = {
      questionId: turn.id,
      ...(turn.asOf ? { system: dateSentence(turn.asOf) } : {}),
      user: turn.text,
    };
    if (isNewest) exchanges.push({ ...question, assistant: null });
    else if (next?.role === 'assistant' && next.text.trim() !== '') {
      exchanges.push({ ...question, assistant: next.text });
    }
  });
  return exchanges;
}

/** After a reload no answer can still be on its way: what was being written is marked unfinished. */
export function settleAfterReload(conversation: Conversation): Conversation {
  return {
    ...conversation,
    turns: conversation.turns.map((turn) =>
      turn.role === 'assistant' && (turn.state === 'waiting' || turn.state === 'streaming')
        ? { ...turn, state: 'unfinished' }
        : turn,
    ),
  };
}
