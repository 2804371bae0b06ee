/**
 * The words of all conversations in IndexedDB, so that a search after a start reads them and not every conversation.
 * Each entry contains the revision of its conversation, which shows whether it is up to date.
 */
import { readSummary } from '../../src/core/history/conversation-summary';
import {
  inTransaction,
  readRange,
  readRecord,
  searchKey,
  summaryKey,
  writeRecord,
} from '../../src/storage/conversation-records';

export interface ConversationTerms {
  readonly id: string;
  readonly revision: number;
  /** The result of `searchTerms`. */
  readonly terms: string;
}

/** The conversations' ids, revisions and terms, in one order: long lists of plain values are read quickly. */
interface StoredTerms {
  /** The version of the way in which terms are made and stored. Terms of another version are made again. */
  readonly version: 2;
  readonly ids: readonly string[];
  readonly revisions: readonly number[];
  readonly terms: readonly string[];
}

export function readTerms(): Promise<readonly ConversationTerms[]> {
  return inTransaction('readonly', async (store) =>
    (await readRange(store, 'search')).flatMap(readEntries),
  );
}

function readEntries(value: unknown): readonly ConversationTerms[] {
  const { version, ids, revisions, terms } = (value ?? {}) as Partial<StoredTerms>;
  const lists: readonly unknown[] = [ids, revisions, terms];
  if (version !== 2 || !lists.every(Array.isArray)) return [];
  return ids!
    .map((id, at) => ({ id, revision: revisions![at], terms: terms![at] }))
    .flatMap((entry) => (isSound(entry) ? [entry] : []));
}

function isSound(
  entry: Readonly<Record<keyof ConversationTerms, unknown>>,
): entry is ConversationTerms {
  const { id, revision, terms } = entry;
  return typeof id === 'string' && typeof revision === 'number' && typeof terms === 'string';
}

/** Writes the records in which these conversations are, from all that is known. */
export async function writeTerms(
  ids: Iterable<string>,
  all: Iterable<ConversationTerms>,
): Promise<void> {
  const buckets = new Map(Array.from(ids, (id) => [searchKey(id), [] as ConversationTerms[]]));
  for (const entry of all) buckets.get(searchKey(entry.id))?.push(entry);
  for (const [key, entries] of buckets) {
    await inTransaction('readwrite', async (store) => {
      // An entry that a page has changed or removed meanwhile must not be written again.
      const summaries = await Promise.all(
        entries.map(({ id }) => readRecord(store, summaryKey(id))),
      );
      const current = entries.filter(
        ({ revision }, at) => readSummary(summaries[at])?.revision === revision,
      );
      const stored: StoredTerms = {
        version: 2,
        ids: current.map(({ id }) => id),
        revisions: current.map(({ revision }) => revision),
        terms: current.map(({ terms }) => terms),
      };
      if (current.length > 0) writeRecord(store, key, stored);
      else store.delete(key);
    });
  }
}
