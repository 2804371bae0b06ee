/** The stores that the parts of the list use. */
import type { Selection } from '../../stores/history/selection.svelte';
import type { History } from '../../stores/history/history.svelte';
import type { ConversationSessions } from '../../stores/chat/conversation-sessions.svelte';
import type { Transfer } from '../../stores/history/transfer.svelte';

export interface HistoryActions {
  readonly sessions: ConversationSessions;
  readonly history: History;
  readonly selection: Selection;
  readonly transfer: Transfer;
}
