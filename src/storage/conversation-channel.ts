/** Messages between pages and the history worker when conversations change. */
import type { AnswerTurn } from '../core/chat/conversation';
import { type ConversationSummary, readSummary } from '../core/history/conversation-summary';
import { readAnswer } from '../core/chat/stored-conversation';

export type ConversationChange =
  | { readonly type: 'saved'; readonly summary: ConversationSummary }
  /** A partial answer; its conversation is stored again when the answer ends. */
  | { readonly type: 'live'; readonly id: string; readonly answer: AnswerTurn }
  | { readonly type: 'removed'; readonly id: string }
  /** Many conversations have changed: by an import, or by the deletion of all. */
  | { readonly type: 'replaced-all' };

/** Null if the message is invalid. An engine's worker can post here too, so messages are not trusted. */
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

/** Only scripts of the app's own origin can post here. */
export function openConversationChannel(onChange: (change: ConversationChange) => void): {
  post(change: ConversationChange): void;
} {
  // Without BroadcastChannel, a tab sees other tabs' changes when it opens a chat again.
  if (!('BroadcastChannel' in globalThis)) return { post: () => {} };
  const channel = new BroadcastChannel('corral-conversations');
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const change = readChange(data);
    if (change) onChange(change);
  };
  return { post: (change) => channel.postMessage(change) };
}
