/** The library of documents. Its entries are stored with the chats, so that the lock encrypts them too. */
import { type LibraryEntry, readLibrary } from '../core/documents/library';
import { readStoredDocument, type StoredDocument } from '../core/documents/document';
import { removeUnusedDocuments } from './all-conversations';
import { onConversationChange } from './conversations';
import {
  documentKey,
  inTransaction,
  libraryKey,
  putDocument,
  readRange,
  readRecord,
  writeRecord,
} from './conversation-records';

export const loadLibrary = (): Promise<readonly LibraryEntry[]> =>
  inTransaction('readonly', async (store) => readLibrary(await readRange(store, 'library')));

export const hasLibrary = async (): Promise<boolean> => (await loadLibrary()).length > 0;

/** Replaces an entry with the same document. */
export async function addToLibrary(entry: LibraryEntry, document: StoredDocument): Promise<void> {
  await inTransaction('readwrite', async (store) => {
    await putDocument(store, document);
    writeRecord(store, libraryKey(document.id), entry);
  });
  channel()?.postMessage('changed');
}

/** The document stays stored if a chat uses it. Resolves with its text; null if it was removed already. */
export async function removeFromLibrary(id: string): Promise<StoredDocument | null> {
  const document = await inTransaction('readwrite', async (store) => {
    const document = readStoredDocument(await readRecord(store, documentKey(id)));
    store.delete(libraryKey(id));
    await removeUnusedDocuments(store);
    return document;
  });
  channel()?.postMessage('changed');
  return document;
}

/** Calls back when another tab has changed it, or an import. */
export function watchLibrary(onChange: () => void): void {
  channel()?.addEventListener('message', onChange);
  onConversationChange(({ type }) => {
    if (type === 'replaced-all') onChange();
  });
}

let opened: BroadcastChannel | undefined;

/**
 * The same channel object sends and receives, so that a tab does not get its own messages. Null without
 * BroadcastChannel.
 */
function channel(): BroadcastChannel | undefined {
  if ('BroadcastChannel' in globalThis) opened ??= new BroadcastChannel('corral-library');
  return opened;
}
