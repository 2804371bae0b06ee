/** Lists and removes conversations for the list of chats. Not part of the first load. */
import { promisifyRequest } from 'idb-keyval';
import type { Conversation } from '../core/chat/conversation';
import type { ConversationSummary } from '../core/history/conversation-summary';
import { readStoredDocument, type StoredDocument } from '../core/documents/document';
import { unneededDocuments } from '../core/documents/library';
import {
  documentKey,
  draftKey,
  idIn,
  inTransaction,
  rangeOf,
  readRecord,
  readStored,
  readSummaries,
  recordKey,
  searchKey,
  summaryKey,
} from './conversation-records';
import { announce } from './conversations';

export interface RemovedConversations {
  readonly conversations: readonly {
    readonly conversation: Conversation;
    readonly draft: string;
  }[];
  /** The documents that nothing else needs. */
  readonly documents: readonly StoredDocument[];
}

/** Removes the conversations and the documents that nothing else needs. If it fails, nothing is removed. */
export async function removeConversations(ids: readonly string[]): Promise<RemovedConversations> {
  const removed = await inTransaction('readwrite', async (store) => {
    const conversations: { conversation: Conversation; draft: string }[] = [];
    for (const id of ids) {
      const stored = await readStored(store, id);
      const draft = await readRecord(store, draftKey(id));
      if (stored) {
        const { conversation } = stored;
        conversations.push({ conversation, draft: typeof draft === 'string' ? draft : '' });
      }
      for (const key of [recordKey(id), summaryKey(id), draftKey(id), searchKey(id)])
        store.delete(key);
    }
    return { conversations, documents: await removeUnusedDocuments(store) };
  });
  for (const id of ids) announce({ type: 'removed', id });
  return removed;
}

/** Also removes the documents that nothing else needs, and resolves with them. */
export async function removeConversation(id: string): Promise<readonly StoredDocument[]> {
  return (await removeConversations([id])).documents;
}

/** Removes the documents that are neither used by a conversation nor in the library; resolves with them. */
export async function removeUnusedDocuments(
  store: IDBObjectStore,
): Promise<readonly StoredDocument[]> {
  const stored = await idsOf(store, 'document');
  if (stored.length === 0) return [];
  const summaries = await readSummaries(store);
  // If a summary is missing, it is unknown which documents its conversation uses.
  if (summaries.length !== (await promisifyRequest(store.count(rangeOf('conversation')))))
    return [];
  const used = summaries.flatMap(({ documents = [] }) => documents);
  const removed: StoredDocument[] = [];
  for (const id of unneededDocuments(stored, used, await idsOf(store, 'library'))) {
    const key = documentKey(id);
    const document = readStoredDocument(await readRecord(store, key));
    if (document) removed.push(document);
    store.delete(key);
  }
  return removed;
}

async function idsOf(
  store: IDBObjectStore,
  kind: 'document' | 'library',
): Promise<readonly string[]> {
  const keys = await promisifyRequest(store.getAllKeys(rangeOf(kind)));
  return keys.map((key) => idIn(String(key)));
}

/** Deletes all conversations and drafts, and the library of documents. */
export async function clearConversations(): Promise<void> {
  await inTransaction('readwrite', async (store) => void store.clear());
  announce({ type: 'replaced-all' });
}

/** `isWhole` is false if a conversation lacks its summary, or a summary its conversation. */
export function loadSummaries(): Promise<{
  readonly summaries: readonly ConversationSummary[];
  readonly isWhole: boolean;
}> {
  return inTransaction('readonly', async (store) => {
    const [summaries, conversations] = await Promise.all([
      readSummaries(store),
      promisifyRequest(store.count(rangeOf('conversation'))),
    ]);
    return { summaries, isWhole: summaries.length === conversations };
  });
}
