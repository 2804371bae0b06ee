/**
 * The words of all conversations in IndexedDB, so that a search after a start reads them and not every conversation. Each
 * entry has its conversation's revision, by which one that is out of date is recognised.
 */
import type { ConversationSummary } from '../../src/core/history/conversation-summary';
import { readSummary } from '../../src/core/history/conversation-summary';
import {
  inTransaction,
  readRange,
  readRecord,
  readSummaries,
  searchKey,
  summaryKey,
  writeRecord,
} from '../../src/storage/conversation-records';

export interface ConversationTerms {
  readonly id: string;
  readonly revision: number;
  /** As `searchTerms` makes them. */
  readonly terms: string;
}

interface StoredTerms {
  /** Of the way in which terms are made: those of another one are made again. */
  readonly version: 1;
  readonly entries: readonly ConversationTerms[];
}

/** With the summaries of the same moment. */
export function readTerms(): Promise<{
  readonly entries: readonly ConversationTerms[];
  readonly summaries: readonly ConversationSummary[];
}> {
  return inTransaction('readonly', async (store) => {
    const [stored, summaries] = await Promise.all([
      readRange(store, 'search'),
      readSummaries(store),
    ]);
    return { entries: stored.flatMap(readEntries), summaries };
  });
}

function readEntries(value: unknown): readonly ConversationTerms[] {
  const { version, entries } = (value ?? {}) as Partial<StoredTerms>;
  if (version !== 1 || !Array.isArray(entries)) return [];
  return (entries as readonly (Partial<ConversationTerms> | null)[]).filter(isSound);
}

function isSound(entry: Partial<ConversationTerms> | null): entry is ConversationTerms {
  return (
    typeof entry?.id === 'string' &&
    typeof entry.revision === 'number' &&
    typeof entry.terms === 'string'
  );
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
      // One that a page has changed or removed meanwhile must not come back.
      const summaries = await Promise.all(
        entries.map(({ id }) => readRecord(store, summaryKey(id))),
      );
      const current = entries.filter(
        ({ revision }, at) => readSummary(summaries[at])?.revision === revision,
      );
      const stored: StoredTerms = { version: 1, entries: current };
      if (current.length > 0) writeRecord(store, key, stored);
      else store.delete(key);
    });
  }
}
