/** What pages and the history worker tell each other when conversations change. */
import type { AnswerTurn } from '../core/conversation';
import type { ConversationSummary } from '../core/conversation-summary';

export type ConversationChange =
  | { readonly type: 'saved'; readonly summary: ConversationSummary }
  /** An answer goes on; its conversation is stored again at its end. */
  | { readonly type: 'live'; readonly id: string; readonly answer: AnswerTurn }
  | { readonly type: 'removed'; readonly id: string }
  /** Many at once: an import, or all of them deleted. */
  | { readonly type: 'replaced-all' };

/** Only scripts of the app's own origin can speak here. */
export function openConversationChannel(onChange: (change: ConversationChange) => void): {
  tell(change: ConversationChange): void;
} {
  // Without it, a tab sees what others have changed when it opens a chat anew.
  if (!('BroadcastChannel' in globalThis)) return { tell: () => {} };
  const channel = new BroadcastChannel('corral-conversations');
  channel.onmessage = ({ data }: MessageEvent<ConversationChange>) => onChange(data);
  return { tell: (change) => channel.postMessage(change) };
}
