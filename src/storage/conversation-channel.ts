/** What pages and the history worker tell each other when conversations change. */
import type { AnswerTurn } from '../core/chat/conversation';
import { type ConversationSummary, readSummary } from '../core/history/conversation-summary';
import { readAnswer } from '../core/chat/stored-conversation';

export type ConversationChange =
  | { readonly type: 'saved'; readonly summary: ConversationSummary }
  /** An answer goes on; its conversation is stored again at its end. */
  | { readonly type: 'live'; readonly id: string; readonly answer: AnswerTurn }
  | { readonly type: 'removed'; readonly id: string }
  /** Many at once: an import, or all of them deleted. */
  | { readonly type: 'replaced-all' };

/** Null for what is none. An engine can speak here too, and what it says is not to be trusted. */
export function readChange(data: unknown): ConversationChange | null {
  const { type, id, answer, summary } = (data ?? {}) as Record<string, unknown>;
  if (type === 'replaced-all') return { type };
  if (type === 'saved') {
    const read = readSummary(summary);
    return read && { type, summary: read };
  }
  if (typeof id !== 'string') return null;
  if (type === 'removed') return { type, id };
  const read = type === 'live' ? readAnswer(answer) : null;
  return read && { type: 'live', id, answer: read };
}

/** Only scripts of the app's own origin can speak here. */
export function openConversationChannel(onChange: (change: ConversationChange) => void): {
  tell(change: ConversationChange): void;
} {
  // Without it, a tab sees what others have changed when it opens a chat anew.
  if (!('BroadcastChannel' in globalThis)) return { tell: () => {} };
  const channel = new BroadcastChannel('corral-conversations');
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const change = readChange(data);
    if (change) onChange(change);
  };
  return { tell: (change) => channel.postMessage(change) };
}
