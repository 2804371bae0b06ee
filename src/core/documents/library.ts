/** The library: documents that the visitor stores for use in any chat. */
import { number, type Of, Reading, readOrNull, record, time } from '../schema';
import { fold } from '../history/fold';
import { queryWords } from '../history/search';
import { estimateTokens } from '../prompt/context-window';
import {
  type Attachment,
  attachmentOf,
  attachmentSchema,
  maxAttachments,
  type StoredDocument,
} from './document';

/** The data that the list shows of a document. Its text is read only when it is attached. */
const entrySchema = record({
  attachment: attachmentSchema,
  /** The estimated number of tokens of the whole document. */
  tokens: number,
  keptAtMs: time,
});

export type LibraryEntry = Of<typeof entrySchema>;

/** A shorter list needs no search field. */
export const searchedFrom = 9;

export function libraryEntry(
  name: string,
  document: StoredDocument,
  keptAtMs: number,
): LibraryEntry {
  const tokens = estimateTokens(document.text);
  return { attachment: attachmentOf(name, document), tokens, keptAtMs };
}

/** Null if the value is not a valid entry. */
export function readLibraryEntry(value: unknown, { isStrict = false } = {}): LibraryEntry | null {
  return readOrNull(entrySchema, value, new Reading(isStrict));
}

/** Reads the stored entries, the newest first. Entries that this version cannot read are left out. */
export function readLibrary(values: readonly unknown[]): readonly LibraryEntry[] {
  const entries = values.map((value) => readLibraryEntry(value));
  const byId = new Map(
    entries.flatMap((entry) => (entry ? [[entry.attachment.id, entry] as const] : [])),
  );
  return [...byId.values()].sort((a, b) => b.keptAtMs - a.keptAtMs);
}

/** The entries with every word of the query in their name, ignoring case and accents. */
export function matchingEntries(
  entries: readonly LibraryEntry[],
  query: string,
): readonly LibraryEntry[] {
  const words = queryWords(query);
  return entries.filter(({ attachment }) => {
    const name = fold(attachment.name.normalize('NFC')).text;
    return words.every((word) => name.includes(word));
  });
}

/** The chosen documents that the question does not have yet, up to the limit. */
export function takenForQuestion(
  chosen: readonly Attachment[],
  { attachedIds, count }: { readonly attachedIds: readonly string[]; readonly count: number },
): { readonly taken: readonly Attachment[]; readonly refused: Attachment | undefined } {
  const fresh = chosen.filter(({ id }) => !attachedIds.includes(id));
  const taken = fresh.slice(0, Math.max(0, maxAttachments - count));
  return { taken, refused: fresh[taken.length] };
}

/** The ids of the stored documents that neither a chat nor the library uses. */
export function unneededDocuments(
  storedIds: readonly string[],
  usedIds: readonly string[],
  libraryIds: readonly string[],
): readonly string[] {
  const needed = new Set([...usedIds, ...libraryIds]);
  return storedIds.filter((id) => !needed.has(id));
}
