/** The library: documents that the visitor keeps for any chat, whether or not one uses them. */
import { checked, number, type Of, Reading, readOrNull, record } from '../schema';
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

/** A date that can be shown, which other numbers are not. */
const time = checked<number>(
  (value) => typeof value === 'number' && Number.isFinite(new Date(value).getTime()),
);

/** What the list shows of a document, so that its text is read only when it is attached. */
const entrySchema = record({
  attachment: attachmentSchema,
  /** Estimated: what it would take of a window if it were given whole. */
  tokens: number,
  keptAtMs: time,
});

export type LibraryEntry = Of<typeof entrySchema>;

/** A shorter list is read at a glance. */
export const searchedFrom = 9;

export function libraryEntry(
  name: string,
  document: StoredDocument,
  keptAtMs: number,
): LibraryEntry {
  const tokens = estimateTokens(document.text);
  return { attachment: attachmentOf(name, document), tokens, keptAtMs };
}

/** Null for a value that is none. */
export function readLibraryEntry(value: unknown, { isStrict = false } = {}): LibraryEntry | null {
  return readOrNull(entrySchema, value, new Reading(isStrict));
}

/** Of stored values, the entries, the newest first. What this version cannot read is left out. */
export function readLibrary(values: readonly unknown[]): readonly LibraryEntry[] {
  const entries = values.map((value) => readLibraryEntry(value));
  const byId = new Map(
    entries.flatMap((entry) => (entry ? [[entry.attachment.id, entry] as const] : [])),
  );
  return [...byId.values()].sort((a, b) => b.keptAtMs - a.keptAtMs);
}

/** Those with every word of the query in their name, whatever its case and accents. */
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

/** Of the chosen documents, those that the question has not, and of these the ones that it has room for. */
export function takenForQuestion(
  chosen: readonly Attachment[],
  { attachedIds, count }: { readonly attachedIds: readonly string[]; readonly count: number },
): { readonly taken: readonly Attachment[]; readonly refused: Attachment | undefined } {
  const fresh = chosen.filter(({ id }) => !attachedIds.includes(id));
  const taken = fresh.slice(0, Math.max(0, maxAttachments - count));
  return { taken, refused: fresh[taken.length] };
}

/** The ids of the stored documents that no chat and not the library needs. */
export function unneededDocuments(
  storedIds: readonly string[],
  usedIds: readonly string[],
  libraryIds: readonly string[],
): readonly string[] {
  const needed = new Set([...usedIds, ...libraryIds]);
  return storedIds.filter((id) => !needed.has(id));
}
