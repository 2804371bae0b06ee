/** Wires what the list of chats needs; apart from `main.ts`, since it is loaded after the composer. */
import { currentCipher } from './storage/conversation-records';
import {
  clearConversations,
  loadSummaries,
  removeConversations,
} from './storage/all-conversations';
import { loadConversation, onConversationChange, saveConversation } from './storage/conversations';
import { clearEvaluations } from './storage/evaluations';
import { hasLibrary } from './storage/library';
import { HistoryClient } from './bridge/history-client';
import { clearSettings } from './storage/settings';
import { clearWeights } from './storage/weights';
import { clearHashes } from './storage/weights-hashes';
import type { Chat } from './stores/chat/chat.svelte';
import { History } from './stores/history/history.svelte';
import type { Models } from './stores/models/models.svelte';
import { Selection } from './stores/history/selection.svelte';
import { Transfer } from './stores/history/transfer.svelte';
import type { Undo } from './stores/chat/undo.svelte';
import type { HistoryActions } from './ui/history/actions';

let made: HistoryActions | null = null;

/** The same one each time. */
export function makeHistory(chat: Chat, models: Models, undo: Undo): HistoryActions {
  made ??= make(chat, models, undo);
  return made;
}

function make({ sessions, documents }: Chat, models: Models, undo: Undo): HistoryActions {
  const client = new HistoryClient(() => currentCipher()?.secret);
  const stored = { load: loadConversation, save: saveConversation, remove: removeConversations };
  const list = new History({ sessions, client, undo, storage: { ...stored, loadSummaries } });
  const transfer = new Transfer({
    sessions,
    client,
    models,
    storage: {
      load: loadConversation,
      loadDocument: (id) => documents.read(id),
      hasLibrary,
      clearConversations,
      clearWeights: async () => void (await Promise.all([clearWeights(), clearHashes()])),
      // What was measured and voted on goes with what was chosen.
      clearSettings: async () => void (await Promise.all([clearSettings(), clearEvaluations()])),
    },
  });
  onConversationChange((change) => list.onStorageChange(change));
  return { sessions, history: list, selection: new Selection(list), transfer };
}
