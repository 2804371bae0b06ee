/** Conversations in IndexedDB: loads and saves them, and tells other tabs. */
import { promisifyRequest } from 'idb-keyval';
import type { AnswerTurn, Conversation } from '../core/chat/conversation';
import { readSummary } from '../core/history/conversation-summary';
import { readStoredDocument, type StoredDocument } from '../core/documents/document';
import { merged } from '../core/history/merge';
import { isNewer } from '../core/chat/stored-conversation';
import { AppError } from '../protocol/errors';
import { type ConversationChange, openConversationChannel } from './conversation-channel';
import {
  currentKey,
  documentKey,
  draftKey,
  inTransaction,
  liveKey,
  putDocument,
  putStored,
  readRecord,
  readStored,
  recordKey,
  searchKey,
  type StoredConversation,
  summaryKey,
  writeWithoutReading,
  writeRecord,
} from './conversation-records';

type Listener = (change: ConversationChange, isFromElsewhere: boolean) => void;

const listeners = new Set<Listener>();
const notifyListeners = (change: ConversationChange, isFromElsewhere: boolean) =>
  listeners.forEach((listener) => listener(change, isFromElsewhere));
const channel = openConversationChannel((change) => notifyListeners(change, true));

/** Calls back after every change, by this page or another. */
export function onConversationChange(listener: Listener): void {
  listeners.add(listener);
}

/** Tells this page and others. */
export function announce(change: ConversationChange): void {
  channel.post(change);
  notifyListeners(change, false);
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
  /** Documents that its questions name and that may not be stored yet. */
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
    // The words of deleted turns must not stay in the search.
    if (summary.turnCount < (before?.turnCount ?? 0)) store.delete(searchKey(id));
    if (draft !== undefined) putDraft(store, id, draft);
    if (isOpen) store.put(id, currentKey);
    for (const turnId of endedIds) store.delete(liveKey(turnId));
    for (const document of documents) await putDocument(store, document);
    return { saved, summary };
  });
  announce({ type: 'saved', summary });
  return saved;
}

/** Stores a partial answer without its conversation: cheap enough for several times a second. */
export async function saveLive(id: string, answer: AnswerTurn): Promise<void> {
  channel.post({ type: 'live', id, answer });
  await writeWithoutReading((store) => writeRecord(store, liveKey(answer.id), answer));
}

export function saveDraft(id: string, draft: string): Promise<void> {
  return writeWithoutReading((store) => putDraft(store, id, draft));
}

function putDraft(store: IDBObjectStore, id: string, draft: string): void {
  if (draft === '') store.delete(draftKey(id));
  else writeRecord(store, draftKey(id), draft);
}

/** Null if it is not stored, or not in the form of this version. */
export function loadDocument(id: string): Promise<StoredDocument | null> {
  return inTransaction('readonly', async (store) =>
    readStoredDocument(await readRecord(store, documentKey(id))),
  );
}
