/**
 * The layout of conversations in IndexedDB, shared by the page and the history worker.
 *
 * - `conversation:id` → Conversation
 * - `summary:id` → ConversationSummary, written in the same transaction
 * - `live:turn` → AnswerTurn, an answer as it is being written; its conversation is stored again at its end
 * - `draft:id` → string, what stands in the composer
 * - `document:id` → StoredDocument, the text of an attached file; questions name it
 * - `library:id` → LibraryEntry, of a document that is kept whether or not a chat uses it
 * - `search:bucket` → StoredTerms, the words of some conversations, for the search; written by the history worker
 * - `current` → the id of the conversation that was open last
 * - `lock` → StoredLock, while chats are locked; all but it and `current` are then SealedRecords
 */
import { createStore, promisifyRequest } from 'idb-keyval';
import { type AnswerTurn, type Conversation, isBeingWritten } from '../core/chat/conversation';
import {
  type ConversationSummary,
  readSummary,
  summaryOf,
} from '../core/history/conversation-summary';
import { readAnswer, readConversation } from '../core/chat/stored-conversation';
import type { StoredDocument } from '../core/documents/document';
import { AppError } from '../protocol/errors';
import type { LockSecret } from '../protocol/history';
import { markedLock, markLock } from './lock-mark';

export const records = createStore('corral-conversations', 'records');

export const currentKey = 'current';
export const lockKey = 'lock';
export const recordKey = (id: string) => `conversation:${id}`;
export const summaryKey = (id: string) => `summary:${id}`;
export const liveKey = (turnId: string) => `live:${turnId}`;
export const draftKey = (id: string) => `draft:${id}`;
export const documentKey = (id: string) => `document:${id}`;
export const libraryKey = (id: string) => `library:${id}`;
/**
 * The key of the record with the words of a conversation, for the search. Code that removes a conversation or a part of
 * it must delete that record, so that none of its words stays. The next search creates it again.
 */
export const searchKey = (id: string) =>
  `search:${Array.from(id).reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) % searchBuckets, 0)}`;
/** Each is made again from about 1.5 % of all conversations. */
const searchBuckets = 64;
export const idIn = (key: string) => key.slice(key.indexOf(':') + 1);

/** All keys of a kind; `;` follows `:`. */
export const rangeOf = (
  kind: 'conversation' | 'summary' | 'live' | 'draft' | 'document' | 'library' | 'search',
) => IDBKeyRange.bound(`${kind}:`, `${kind};`, true, true);

export interface StoredConversation {
  readonly conversation: Conversation;
  /** The revision in the summary; 0 without one. */
  readonly revision: number;
}

export interface SealedRecord {
  readonly sealed: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Implemented by `conversation-cipher`, which loads only if chats are locked. */
export interface RecordCipher {
  readonly secret: LockSecret;
  seal(key: string, value: unknown): SealedRecord;
  open(key: string, record: SealedRecord): unknown;
}

/** Null while this thread reads and writes unencrypted records. */
let cipher: RecordCipher | null = null;
export const currentCipher = () => cipher;
export function useCipher(next: RecordCipher | null): void {
  cipher = next;
}

/** Reads a conversation, a summary, an answer or a draft. */
export async function readRecord(store: IDBObjectStore, key: string): Promise<unknown> {
  return opened(key, await promisifyRequest<unknown>(store.get(key)));
}

export async function readSummaries(store: IDBObjectStore): Promise<ConversationSummary[]> {
  const summaries = (await readRange(store, 'summary')).map(readSummary);
  return summaries.filter((summary) => summary !== null);
}

export async function readRange(
  store: IDBObjectStore,
  kind: 'summary' | 'library' | 'search',
): Promise<readonly unknown[]> {
  const range = rangeOf(kind);
  const values = await promisifyRequest<unknown[]>(store.getAll(range));
  // A sealed record can be recognised only by its key.
  const keys = cipher ? await promisifyRequest(store.getAllKeys(range)) : [];
  return values.map((value, at) => opened(String(keys[at]), value));
}

export function writeRecord(store: IDBObjectStore, key: string, value: unknown): void {
  store.put(cipher ? cipher.seal(key, value) : value, key);
}

/** A document never changes, since its id is derived from its content. It may be stored already, for another chat. */
export async function putDocument(store: IDBObjectStore, document: StoredDocument): Promise<void> {
  const key = documentKey(document.id);
  if ((await promisifyRequest(store.count(key))) === 0) writeRecord(store, key, document);
}

function opened(key: string, value: unknown): unknown {
  return cipher && value !== undefined ? cipher.open(key, value as SealedRecord) : value;
}

/** Another tab may have set or removed the lock, which applies to this tab too. */
async function checkLock(store: IDBObjectStore): Promise<void> {
  const lock = await promisifyRequest<{ readonly id: string } | undefined>(store.get(lockKey));
  if (lock?.id === cipher?.secret.lockId) return;
  // The next page then asks for the passphrase.
  markLock(lock?.id ?? null);
  throw new AppError('chats-locked');
}

/** Reads and writes in one transaction; resolves with the result once it is committed. */
export function inTransaction<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  return transact(mode, (store) => checkLock(store).then(() => work(store)));
}

/**
 * Writes without reading first: a page that is being closed gets no results any more, and loses what it has not passed
 * to the database. So it checks the lock by its mark in localStorage.
 */
export function writeWithoutReading(put: (store: IDBObjectStore) => void): Promise<void> {
  const isLockKnown = markedLock() === (cipher?.secret.lockId ?? null);
  const write = isLockKnown ? transact : inTransaction;
  return write('readwrite', async (store) => put(store));
}

function transact<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  return records(
    mode,
    (store) =>
      new Promise<T>((resolve, reject) => {
        const { transaction } = store;
        let result: { value: T } | null = null;
        transaction.oncomplete = () =>
          result ? resolve(result.value) : reject(new Error('the transaction ended early'));
        transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
        work(store).then(
          (value) => {
            result = { value };
            // Commits early: the page may be about to close.
            try {
              transaction.commit();
            } catch {
              // It has ended already.
            }
          },
          (cause: unknown) => {
            reject(cause);
            try {
              transaction.abort();
            } catch {
              // It has ended already.
            }
          },
        );
      }),
  );
}

/** Reads a conversation with the answers that were being written when it was stored; null if it cannot be read. */
export async function readStored(
  store: IDBObjectStore,
  id: string,
): Promise<StoredConversation | null> {
  const [record, summary] = await Promise.all([
    readRecord(store, recordKey(id)),
    readRecord(store, summaryKey(id)),
  ]);
  const conversation = readConversation(record);
  if (!conversation) return null;
  const revision = readSummary(summary)?.revision ?? 0;
  return { conversation: await withLive(store, conversation), revision };
}

async function withLive(store: IDBObjectStore, conversation: Conversation): Promise<Conversation> {
  const open = conversation.turns.filter(isBeingWritten);
  const live = await Promise.all(
    open.map(({ id }) => readRecord(store, liveKey(id)).then(readAnswer)),
  );
  const further = live.filter((turn): turn is AnswerTurn => turn !== null);
  if (further.length === 0) return conversation;
  const byId = new Map(further.map((turn) => [turn.id, turn]));
  const turns = conversation.turns.map((turn) => byId.get(turn.id) ?? turn);
  return { ...conversation, turns };
}

export function putStored(
  store: IDBObjectStore,
  { conversation, revision }: StoredConversation,
  draft?: string,
): ConversationSummary {
  const summary = summaryOf(conversation, { revision, ...(draft ? { draft } : {}) });
  writeRecord(store, recordKey(conversation.id), conversation);
  writeRecord(store, summaryKey(conversation.id), summary);
  return summary;
}
