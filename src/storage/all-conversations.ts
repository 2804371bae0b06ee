/** Lists conversations and removes them: what the list of chats needs, and nobody before the first key. */
import { promisifyRequest } from 'idb-keyval';
import type { Conversation } from '../core/chat/conversation';
import type { ConversationSummary } from '../core/history/conversation-summary';
import { readStoredDocument, type StoredDocument } from '../core/documents/document';
import {
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
  /** Those that no other conversation uses. */
  readonly documents: readonly StoredDocument[];
}

/** With the documents that no other conversation uses: all of it, or nothing if that fails. */
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

/** Resolves with the documents that no other conversation uses, which go too. */
export async function removeConversation(id: string): Promise<readonly StoredDocument[]> {
  return (await removeConversations([id])).documents;
}

async function removeUnusedDocuments(store: IDBObjectStore): Promise<readonly StoredDocument[]> {
  const keys = (await promisifyRequest(store.getAllKeys(rangeOf('document')))).map(String);
  if (keys.length === 0) return [];
  const summaries = await readSummaries(store);
  // Where a summary is missing, what its conversation uses is not known.
  if (summaries.length !== (await promisifyRequest(store.count(rangeOf('conversation')))))
    return [];
  const used = new Set(summaries.flatMap(({ documents = [] }) => documents));
  const unused = keys.filter((key) => !used.has(idIn(key)));
  const removed: StoredDocument[] = [];
  for (const key of unused) {
    const document = readStoredDocument(await readRecord(store, key));
    if (document) removed.push(document);
    store.delete(key);
  }
  return removed;
}

/** Deletes all conversations and drafts. */
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
