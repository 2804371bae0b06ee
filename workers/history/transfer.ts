/** Exports conversations, and imports those of a file: nothing is stored before all of it was checked. */
import { promisifyRequest } from 'idb-keyval';
import { attributionNotices } from '../../src/core/attribution';
import { type Conversation, endAbandoned } from '../../src/core/chat/conversation';
import { documentsIn, readSummary } from '../../src/core/history/conversation-summary';
import type { StoredDocument } from '../../src/core/documents/document';
import type { LibraryEntry } from '../../src/core/documents/library';
import { exportFile } from '../../src/core/history/export-file';
import { isSameContent } from '../../src/core/same-content';
import { AppError } from '../../src/protocol/errors';
import type { HistoryRequest, ImportFacts, OnConflict } from '../../src/protocol/history';
import { newId } from '../../src/protocol/new-id';
import {
  inTransaction,
  libraryKey,
  putDocument,
  putStored,
  readRecord,
  recordKey,
  searchKey,
  summaryKey,
  writeRecord,
} from '../../src/storage/conversation-records';
import { readChatsFile } from './import-file';
import type { LongWork } from './long-work';
import { readAll, readDocuments, readIds, readLibraryEntries, readSome } from './reading';

type ExportRequest = Extract<HistoryRequest, { type: 'export' }>;

/** Of all conversations, or of those with these ids. The library goes with all of them, if documents do. */
export async function exportChats(
  { notices, withDocuments, ids }: ExportRequest,
  { signal, onProgress }: LongWork,
): Promise<Blob> {
  const conversations: Conversation[] = [];
  const total = ids?.length ?? (await readIds()).conversations.size;
  /** Documents are few but long. */
  const chatsShare = withDocuments ? 0.5 : 1;
  for await (const some of readAll(ids)) {
    signal.throwIfAborted();
    conversations.push(
      ...some.map(({ conversation }) => conversation).filter(({ turns }) => turns.length > 0),
    );
    onProgress((chatsShare * conversations.length) / Math.max(1, total));
  }
  const kept = withDocuments && !ids ? await readLibraryEntries() : [];
  const wanted = new Set([
    ...documentsOf(conversations),
    ...kept.map(({ attachment }) => attachment.id),
  ]);
  const reading = { signal, onProgress: (progress01: number) => onProgress(0.5 + progress01 / 2) };
  const documents = withDocuments ? await readDocuments(wanted, reading) : [];
  return exportFile(conversations, {
    exportedMs: Date.now(),
    notices: attributionNotices(conversations, notices),
    documents,
    library: kept.filter(({ attachment }) => documents.some(({ id }) => id === attachment.id)),
  });
}

interface ImportParts {
  readonly fresh: readonly Conversation[];
  readonly conflicting: readonly Conversation[];
  readonly documents: readonly StoredDocument[];
  readonly library: readonly LibraryEntry[];
}

/** A checked file, compared with what is stored. */
export class Import {
  readonly #fresh: readonly Conversation[];
  readonly #conflicting: readonly Conversation[];
  readonly #documents: readonly StoredDocument[];
  /** Those that the library here has not. */
  readonly #library: readonly LibraryEntry[];
  readonly facts: ImportFacts;

  private constructor(
    { fresh, conflicting, documents, library }: ImportParts,
    facts: Omit<ImportFacts, 'conflicts' | 'kept'>,
  ) {
    this.#fresh = fresh;
    this.#conflicting = conflicting;
    this.#documents = documents;
    this.#library = library;
    this.facts = { ...facts, conflicts: conflicting.length, kept: library.length };
  }

  /** Throws the errors of `readChatsFile`. */
  static async read(file: Blob, reading: LongWork): Promise<Import> {
    const { conversations, documents, library, ...source } = await readChatsFile(file, reading);
    const keptHere = new Set((await readLibraryEntries()).map(({ attachment }) => attachment.id));
    const used = new Set([
      ...documentsOf(conversations),
      ...library.map(({ attachment }) => attachment.id),
    ]);
    const here = await readHere(conversations);
    reading.signal.throwIfAborted();
    const isSame = (imported: Conversation) => isSameContent(imported, here.get(imported.id));
    // A conversation stored by a later version cannot be read, and must not be overwritten without asking.
    const others = conversations.filter((imported) => !isSame(imported));
    return new Import(
      {
        fresh: others.filter(({ id }) => !here.has(id)),
        conflicting: others.filter(({ id }) => here.has(id)),
        // Of chats that are here already too: a document may be missing.
        documents: documents.filter(({ id }) => used.has(id)),
        library: library.filter(({ attachment }) => !keptHere.has(attachment.id)),
      },
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
      for (const entry of this.#library) writeRecord(store, libraryKey(entry.attachment.id), entry);
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
