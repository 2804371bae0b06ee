/** What the parts of the list act upon. */
import type { History } from '../../stores/history.svelte';
import type { OpenConversations } from '../../stores/open-conversations.svelte';
import type { Transfer } from '../../stores/transfer.svelte';

export interface HistoryActions {
  readonly open: OpenConversations;
  readonly history: History;
  readonly transfer: Transfer;
}
