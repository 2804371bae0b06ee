/** Conversations in IndexedDB: loads and saves them, and tells other tabs. */
import { promisifyRequest } from 'idb-keyval';
import type { AnswerTurn, Conversation } from '../core/chat/conversation';
import { type ConversationSummary, readSummary } from '../core/history/conversation-summary';
import { readStoredDocument, type StoredDocument } from '../core/documents/document';
import { merged } from '../core/history/merge';
import { isNewer } from '../core/chat/stored-conversation';
import { AppError } from '../protocol/errors';
import { type ConversationChange, openConversationChannel } from './conversation-channel';
import {
  currentKey,
  documentKey,
  draftKey,
  idIn,
  inTransaction,
  liveKey,
  putStored,
  rangeOf,
  readRecord,
  readStored,
  readSummaries,
  recordKey,
  type StoredConversation,
  summaryKey,
  writeAtOnce,
  writeRecord,
} from './conversation-records';

type Listener = (change: ConversationChange, isFromElsewhere: boolean) => void;

const listeners = new Set<Listener>();
const hear = (change: ConversationChange, isFromElsewhere: boolean) =>
  listeners.forEach((listener) => listener(change, isFromElsewhere));
const channel = openConversationChannel((change) => hear(change, true));

/** Calls back after every change, by this page or another. */
export function onConversationChange(listener: Listener): void {
  listeners.add(listener);
}

function tell(change: ConversationChange): void {
  channel.tell(change);
  hear(change, false);
}

/** The id of the conversation that was opened last in any tab; null if there is none. */
export function loadCurrentId(): Promise<string | null> {
  return inTransaction('readonly', async (store) => {
    const id = await promisifyRequest<unknown>(store.get(currentKey));
    return typeof id === 'string' ? id : null;
  });
}

/** Sets the conversation with which the next visit begins. */
export function saveCurrentId(id: string): Promise<void> {
  return inTransaction('readwrite', async (store) => void store.put(id, currentKey));
}

/** Null if there is none with this id, or this version cannot read it. */
export function loadConversation(
  id: string,
): Promise<(StoredConversation & { readonly draft: string }) | null> {
  return inTransaction('readonly', async (store) => {
    const stored = await readStored(store, id);
    const draft = await readRecord(store, draftKey(id));
    return stored && { ...stored, draft: typeof draft === 'string' ? draft : '' };
  });
}

export interface SaveOptions {
  /** The state that was last loaded or saved; null for a new conversation. */
  readonly base: StoredConversation | null;
  /** The composer's text, if it is to be stored too. */
  readonly draft?: string;
  /** True if it is the open conversation, with which the next visit begins. */
  readonly isOpen: boolean;
  /** Answers that have ended. */
  readonly endedIds: readonly string[];
  /** That its questions name, and that may not be stored yet. */
  readonly documents?: readonly StoredDocument[];
}

/**
 * Stores the conversation, merged with other tabs' changes since `base`; returns the stored state. Rejects with
 * a QuotaExceededError if there is no room, and with `chat-not-stored` if a later version has stored it in a
 * form that this one cannot read.
 */
export async function saveConversation(
  ours: Conversation,
  { base, draft, isOpen, endedIds, documents = [] }: SaveOptions,
): Promise<StoredConversation> {
  const { id } = ours;
  const { saved, summary } = await inTransaction('readwrite', async (store) => {
    const before = readSummary(await readRecord(store, summaryKey(id)));
    const isUnchanged = (before?.revision ?? 0) === (base?.revision ?? 0);
    const theirs = isUnchanged ? null : await readStored(store, id);
    // A later version has stored it since; it must not be overwritten.
    if (!isUnchanged && !theirs && isNewer(await readRecord(store, recordKey(id)))) {
      throw new AppError('chat-not-stored');
    }
    const conversation = theirs
      ? merged(base?.conversation ?? null, ours, theirs.conversation)
      : ours;
    const saved = { conversation, revision: (before?.revision ?? 0) + 1 };
    const summary = putStored(store, saved, draft);
    if (draft !== undefined) putDraft(store, id, draft);
    if (isOpen) store.put(id, currentKey);
    for (const turnId of endedIds) store.delete(liveKey(turnId));
    for (const document of documents) {
      const key = documentKey(document.id);
      // Another chat may have brought it already.
      if ((await promisifyRequest(store.count(key))) === 0) writeRecord(store, key, document);
    }
    return { saved, summary };
  });
  tell({ type: 'saved', summary });
  return saved;
}

/** Stores a partial answer without its conversation: cheap enough for several times a second. */
export async function saveLive(id: string, answer: AnswerTurn): Promise<void> {
  channel.tell({ type: 'live', id, answer });
  await writeAtOnce((store) => writeRecord(store, liveKey(answer.id), answer));
}

export function saveDraft(id: string, draft: string): Promise<void> {
  return writeAtOnce((store) => putDraft(store, id, draft));
}

function putDraft(store: IDBObjectStore, id: string, draft: string): void {
  if (draft === '') store.delete(draftKey(id));
  else writeRecord(store, draftKey(id), draft);
}

/** Null if it is not stored, or not as this version has it. */
export function loadDocument(id: string): Promise<StoredDocument | null> {
  return inTransaction('readonly', async (store) =>
    readStoredDocument(await readRecord(store, documentKey(id))),
  );
}

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
      for (const key of [recordKey(id), summaryKey(id), draftKey(id)]) store.delete(key);
    }
    return { conversations, documents: await removeUnusedDocuments(store) };
  });
  for (const id of ids) tell({ type: 'removed', id });
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
  tell({ type: 'replaced-all' });
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
