/** Saves the chat that is shown as a file, also where it is stored nowhere. */
import { titleOf } from '../../core/conversation-summary';
import type { Chat } from '../../stores/chat.svelte';
import type { HistoryActions } from '../history/actions';
import { fileName, saveFile } from '../parts/save-file';

export async function exportChat(
  { conversation }: Chat,
  loadHistory: () => Promise<HistoryActions>,
): Promise<void> {
  const { transfer } = await loadHistory();
  const file = await transfer.exportOne(conversation.id);
  if (file) saveFile(file, fileName(titleOf(conversation), Date.now(), 'json'));
}
