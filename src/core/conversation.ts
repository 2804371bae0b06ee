/** What a conversation is, and the pure steps by which it grows. Ids and times come from outside. */
import type { ErrorCode, ErrorData } from '../protocol/errors';

export const conversationSchema = 1;

export interface UserTurn {
  readonly role: 'user';
  readonly id: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
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

export interface AnswerTurn {
  readonly role: 'assistant';
  readonly id: string;
  readonly text: string;
  readonly atMs: number;
  readonly modelId: string;
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
  readonly turns: readonly Turn[];
  /** An instruction that goes with every prompt; empty for none. */
  readonly pinned: string;
}

/**
 * Whether a stored value is a conversation that this version can show. Storage is a trust boundary:
 * an older or newer Corral, or another script on this origin, may have written it.
 */
export function isConversation(value: unknown): value is Conversation {
  if (typeof value !== 'object' || value === null) return false;
  const it = value as Partial<Record<keyof Conversation, unknown>>;
  return (
    it.schema === conversationSchema &&
    typeof it.id === 'string' &&
    typeof it.pinned === 'string' &&
    Array.isArray(it.turns) &&
    it.turns.every(isTurn)
  );
}

function isTurn(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const it = value as Partial<Record<keyof AnswerTurn, unknown>>;
  return (
    (it.role === 'user' || it.role === 'assistant') &&
    typeof it.id === 'string' &&
    typeof it.text === 'string'
  );
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
