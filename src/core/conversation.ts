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
  /** The text is the end of a message that was this long. */
  readonly cutFromCharacters?: number;
  /** The date of this message alone. */
  readonly asOf?: AsOfDate;
  /** Of the turns before this one, for when the model no longer sees them. */
  readonly summary?: Summary | undefined;
}

/** Written by a model on request. */
export interface Summary {
  readonly text: string;
  readonly modelId: string;
  /** How many of the messages before it went in; older ones did not fit. */
  readonly messages: number;
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
  /** The pinned instruction that was in force; absent for none. */
  readonly pinned?: string;
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
  /** null for a question that is not answered yet. */
  readonly assistant: string | null;
  /** Of what came before this exchange, if there is one. */
  readonly summary?: string | undefined;
}

/**
 * The exchanges a model is to see. Questions whose answer failed before its first token are left
 * out, except the newest; what was written of a stopped answer counts.
 */
export function exchangesOf(turns: readonly Turn[]): readonly Exchange[] {
  const newest = turns.findLastIndex(({ role }) => role === 'user');
  return turns.flatMap((turn, index): Exchange[] => {
    if (turn.role !== 'user') return [];
    const next = turns[index + 1];
    const answer = next?.role === 'assistant' && next.text.trim() !== '' ? next.text : null;
    if (answer === null && index !== newest) return [];
    const summary = turn.summary ? { summary: turn.summary.text } : {};
    const system = turn.asOf ? { system: dateSentence(turn.asOf) } : {};
    return [{ questionId: turn.id, ...system, user: turn.text, assistant: answer, ...summary }];
  });
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
