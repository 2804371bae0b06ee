/** Reads all stored conversations in batches, the newest first. */
import { promisifyRequest } from 'idb-keyval';
import type { ConversationSummary } from '../../src/core/history/conversation-summary';
import { readStoredDocument, type StoredDocument } from '../../src/core/documents/document';
import { type LibraryEntry, readLibrary } from '../../src/core/documents/library';
import {
  documentKey,
  idIn,
  inTransaction,
  rangeOf,
  readRange,
  readRecord,
  readStored,
  readSummaries,
  type StoredConversation,
  summaryKey,
} from '../../src/storage/conversation-records';
import type { LongWork } from './long-work';

/** Small enough for quick first results, large enough to be worth a transaction. */
const batchSize = 50;

/** Reads all conversations, or those with these ids that are stored and readable. */
export async function* readAll(
  some?: readonly string[],
): AsyncGenerator<readonly StoredConversation[], void> {
  const ids = some ?? (await idsByDate());
  for (let at = 0; at < ids.length; at += batchSize) {
    yield await readSome(ids.slice(at, at + batchSize));
  }
}

/** The conversations with these ids that are stored and can be read. */
export async function readSome(ids: readonly string[]): Promise<readonly StoredConversation[]> {
  const found = await inTransaction('readonly', (store) =>
    Promise.all(ids.map((id) => readStored(store, id))),
  );
  return found.filter((stored) => stored !== null);
}

/** The documents that the visitor keeps for any chat. */
export const readLibraryEntries = (): Promise<readonly LibraryEntry[]> =>
  inTransaction('readonly', async (store) => readLibrary(await readRange(store, 'library')));

/** The stored ones of these documents. */
export async function readDocuments(
  ids: ReadonlySet<string>,
  { signal, onProgress }: LongWork,
): Promise<readonly StoredDocument[]> {
  const found: StoredDocument[] = [];
  for (const [at, id] of [...ids].entries()) {
    signal.throwIfAborted();
    onProgress(at / ids.size);
    const record = await inTransaction('readonly', (store) => readRecord(store, documentKey(id)));
    const document = readStoredDocument(record);
    if (document) found.push(document);
  }
  return found;
}

async function idsByDate(): Promise<readonly string[]> {
  const summaries = await readAllSummaries();
  return summaries.sort((a, b) => b.updatedMs - a.updatedMs).map(({ id }) => id);
}

export function readAllSummaries(): Promise<ConversationSummary[]> {
  return inTransaction('readonly', readSummaries);
}

/** The ids of all conversations, and those of all summaries. */
export function readIds(): Promise<{ conversations: Set<string>; summaries: Set<string> }> {
  return inTransaction('readonly', async (store) => {
    const [conversations, summaries] = await Promise.all([
      promisifyRequest(store.getAllKeys(rangeOf('conversation'))),
      readSummaries(store),
    ]);
    return {
      conversations: new Set(conversations.map((key) => idIn(String(key)))),
      summaries: new Set(summaries.map(({ id }) => id)),
    };
  });
}

/** Deletes summaries without a conversation. */
export function removeSummaries(ids: readonly string[]): Promise<void> {
  return inTransaction('readwrite', async (store) => {
    for (const id of ids) store.delete(summaryKey(id));
  });
}
