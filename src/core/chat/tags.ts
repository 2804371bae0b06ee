/** A chat's tags: short texts of the visitor's by which the list is filtered. Two that differ in case are one. */
import { visibleText } from '../visible-text';

export const tagCharacters = 40;
export const mostTags = 20;

/** What to add to the tags of some chats, and what to take away. */
export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

const keyOf = (tag: string) => tag.normalize('NFC').toLowerCase();

/** One line without what cannot be seen; null if nothing is left. */
export function cleanTag(typed: string): string | null {
  const line = visibleText(typed.slice(0, 10 * tagCharacters))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, tagCharacters);
  return (
    line
      .toWellFormed()
      .replace(/\ufffd$/, '')
      .trim() || null
  );
}

/** Reads stored or imported tags; null if they are none. Returns the list itself if nothing had to be changed. */
export function readTags(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.some((tag) => typeof tag !== 'string')) return null;
  const tags = distinct(value as string[]).slice(0, mostTags);
  const isSame = tags.length === value.length && tags.every((tag, at) => tag === value[at]);
  return isSame ? (value as string[]) : tags;
}

/** The tags, cleaned, each once, as it is spelt first. */
function distinct(tags: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) {
    const clean = cleanTag(tag);
    if (clean !== null && !byKey.has(keyOf(clean))) byKey.set(keyOf(clean), clean);
  }
  return [...byKey.values()];
}

/** The tags after the change; there may be more than `mostTags` of them. */
export function withTags(tags: readonly string[], { add, remove }: TagChange): readonly string[] {
  const gone = new Set(remove.map(keyOf));
  return distinct([...tags.filter((tag) => !gone.has(keyOf(tag))), ...add]);
}

export function hasTags(tags: readonly string[] | undefined, wanted: readonly string[]): boolean {
  const own = new Set((tags ?? []).map(keyOf));
  return wanted.every((tag) => own.has(keyOf(tag)));
}

/** How many of the chats with these tags have that one. */
export function shareOf(
  lists: readonly (readonly string[] | undefined)[],
  tag: string,
): 'all' | 'some' | 'none' {
  const count = lists.filter((tags) => hasTags(tags, [tag])).length;
  if (count === 0) return 'none';
  return count === lists.length ? 'all' : 'some';
}

/** All tags of some chats, each once, in the order of the alphabet. */
export function allTags(
  lists: readonly (readonly string[] | undefined)[],
  locale?: string,
): readonly string[] {
  return [...distinct(lists.flatMap((tags) => tags ?? []))].sort((a, b) =>
    a.localeCompare(b, locale),
  );
}

/** What two tabs have changed since `base`, together: nothing that either has added is lost. */
export function mergedTags(
  base: readonly string[] = [],
  ours: readonly string[] = [],
  theirs: readonly string[] = [],
): readonly string[] {
  const gone = base.filter((tag) => !hasTags(ours, [tag]) || !hasTags(theirs, [tag]));
  const added = theirs.filter((tag) => !hasTags(base, [tag]));
  return withTags(ours, { add: added, remove: gone }).slice(0, mostTags);
}
