/** Exports conversations, and imports those of a file: nothing is stored before all of it was checked. */
import { promisifyRequest } from 'idb-keyval';
import { attributionNotices, type Notices } from '../../src/core/attribution';
import { type Conversation, endAbandoned } from '../../src/core/chat/conversation';
import { readSummary } from '../../src/core/history/conversation-summary';
import { exportPieces, importLimitBytes, readExportFile } from '../../src/core/history/export-file';
import { isSameContent } from '../../src/core/same-content';
import { AppError } from '../../src/protocol/errors';
import type { ImportFacts, OnConflict } from '../../src/protocol/history';
import { newId } from '../../src/protocol/new-id';
import {
  inTransaction,
  putStored,
  readRecord,
  recordKey,
  summaryKey,
} from '../../src/storage/conversation-records';
import { readAll, readSome } from './reading';

/** Of all conversations, or of those with these ids. */
export async function exportChats(notices: Notices, ids?: readonly string[]): Promise<Blob> {
  const conversations: Conversation[] = [];
  for await (const some of ids ? [readSome(ids)] : readAll()) {
    conversations.push(
      ...some.map(({ conversation }) => conversation).filter(({ turns }) => turns.length > 0),
    );
  }
  const pieces = exportPieces(conversations, {
    exportedMs: Date.now(),
    notices: attributionNotices(conversations, notices),
  });
  return new Blob([...pieces], { type: 'application/json' });
}

/** A checked file, compared with what is stored. */
export class Import {
  readonly #fresh: readonly Conversation[];
  readonly #conflicting: readonly Conversation[];
  readonly facts: ImportFacts;

  private constructor(
    fresh: readonly Conversation[],
    conflicting: readonly Conversation[],
    same: number,
  ) {
    this.#fresh = fresh;
    this.#conflicting = conflicting;
    const conversations = fresh.length + conflicting.length + same;
    this.facts = { conversations, same, conflicts: conflicting.length };
  }

  /** Throws `import-too-large` before it reads anything, and the errors of `readExportFile`. */
  static async read(file: Blob): Promise<Import> {
    if (file.size > importLimitBytes) {
      const data = { sizeBytes: file.size, limitBytes: importLimitBytes };
      throw new AppError('import-too-large', data);
    }
    const conversations = readExportFile(await file.text());
    const here = await readHere(conversations);
    const isSame = (imported: Conversation) => isSameContent(imported, here.get(imported.id));
    // A conversation stored by a later version cannot be read, and must not be overwritten without asking.
    const others = conversations.filter((imported) => !isSame(imported));
    return new Import(
      others.filter(({ id }) => !here.has(id)),
      others.filter(({ id }) => here.has(id)),
      conversations.length - others.length,
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
      }
    }).catch((cause: unknown) => {
      const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
      throw new AppError(isFull ? 'import-no-room' : 'chats-unreadable', {}, { cause });
    });
    return all.length;
  }
}

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
