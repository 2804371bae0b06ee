/** Exports conversations, and imports those of a file: nothing is stored before all of it was checked. */
import { promisifyRequest } from 'idb-keyval';
import { attributionNotices } from '../../src/core/attribution';
import { type Conversation, endAbandoned } from '../../src/core/chat/conversation';
import { documentsIn, readSummary } from '../../src/core/history/conversation-summary';
import type { StoredDocument } from '../../src/core/documents/document';
import { exportPieces } from '../../src/core/history/export-file';
import { isSameContent } from '../../src/core/same-content';
import { AppError } from '../../src/protocol/errors';
import type { HistoryRequest, ImportFacts, OnConflict } from '../../src/protocol/history';
import { newId } from '../../src/protocol/new-id';
import {
  inTransaction,
  putDocument,
  putStored,
  readRecord,
  recordKey,
  searchKey,
  summaryKey,
} from '../../src/storage/conversation-records';
import { type ImportReading, readChatsFile } from './import-file';
import { readAll, readDocuments, readSome } from './reading';

type ExportRequest = Extract<HistoryRequest, { type: 'export' }>;

/** Of all conversations, or of those with these ids. */
export async function exportChats({ notices, withDocuments, ids }: ExportRequest): Promise<Blob> {
  const conversations: Conversation[] = [];
  for await (const some of ids ? [readSome(ids)] : readAll()) {
    conversations.push(
      ...some.map(({ conversation }) => conversation).filter(({ turns }) => turns.length > 0),
    );
  }
  const pieces = exportPieces(conversations, {
    exportedMs: Date.now(),
    notices: attributionNotices(conversations, notices),
    documents: withDocuments ? await readDocuments(documentsOf(conversations)) : [],
  });
  return new Blob([...pieces], { type: 'application/json' });
}

/** A checked file, compared with what is stored. */
export class Import {
  readonly #fresh: readonly Conversation[];
  readonly #conflicting: readonly Conversation[];
  readonly #documents: readonly StoredDocument[];
  readonly facts: ImportFacts;

  private constructor(
    fresh: readonly Conversation[],
    conflicting: readonly Conversation[],
    documents: readonly StoredDocument[],
    facts: Omit<ImportFacts, 'conflicts'>,
  ) {
    this.#fresh = fresh;
    this.#conflicting = conflicting;
    this.#documents = documents;
    this.facts = { ...facts, conflicts: conflicting.length };
  }

  /** Throws the errors of `readChatsFile`. */
  static async read(file: Blob, reading: ImportReading): Promise<Import> {
    const { conversations, documents, ...source } = await readChatsFile(file, reading);
    const used = documentsOf(conversations);
    const here = await readHere(conversations);
    reading.signal.throwIfAborted();
    const isSame = (imported: Conversation) => isSameContent(imported, here.get(imported.id));
    // A conversation stored by a later version cannot be read, and must not be overwritten without asking.
    const others = conversations.filter((imported) => !isSame(imported));
    return new Import(
      others.filter(({ id }) => !here.has(id)),
      others.filter(({ id }) => here.has(id)),
      // Of chats that are here already too: a document may be missing.
      documents.filter(({ id }) => used.has(id)),
      {
        ...source,
        conversations: conversations.length,
        same: conversations.length - others.length,
      },
    );
  }

  /** Stores all of it, or nothing if that fails. Returns the number of added and replaced conversations. */
  async store(onConflict: OnConflict): Promise<number> {
    const conflicting =
      onConflict === 'skip'
        ? []
        : onConflict === 'replace'
          ? this.#conflicting
          : this.#conflicting.map((copy) => ({ ...copy, id: newId() }));
    const all = [...this.#fresh, ...conflicting];
    await inTransaction('readwrite', async (store) => {
      for (const conversation of all) {
        const before = readSummary(await readRecord(store, summaryKey(conversation.id)));
        putStored(store, { conversation, revision: (before?.revision ?? 0) + 1 });
        // What it replaces must not stay among the search's words.
        if (before) store.delete(searchKey(conversation.id));
      }
      for (const document of this.#documents) await putDocument(store, document);
    }).catch((cause: unknown) => {
      const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
      throw new AppError(isFull ? 'import-no-room' : 'chats-unreadable', {}, { cause });
    });
    return all.length;
  }
}

const documentsOf = (conversations: readonly Conversation[]) =>
  new Set(conversations.flatMap(({ turns }) => documentsIn(turns)));

/** By id; null for a record that this version cannot read. */
async function readHere(
  conversations: readonly Conversation[],
): Promise<ReadonlyMap<string, Conversation | null>> {
  const ids = conversations.map(({ id }) => id);
  const keys = await inTransaction('readonly', (store) =>
    Promise.all(ids.map((id) => promisifyRequest(store.getKey(recordKey(id))))),
  );
  const stored = await readSome(ids);
  // As in an export: answers being written count as unfinished.
  const read = new Map(
    stored.map(({ conversation }) => [conversation.id, endAbandoned(conversation)] as const),
  );
  const found = ids.filter((_, at) => keys[at] !== undefined);
  return new Map(found.map((id) => [id, read.get(id) ?? null]));
}
