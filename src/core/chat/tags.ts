/** A chat's tags: short texts by which the list is filtered. Two that differ in case are one. */
import { visibleText } from '../visible-text';

export const maxTagCharacters = 40;
export const maxTags = 20;

const keyOf = (tag: string) => tag.normalize('NFC').toLowerCase();

/** Each tag once, in its first spelling. */
function distinct(tags: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) if (!byKey.has(keyOf(tag))) byKey.set(keyOf(tag), tag);
  return [...byKey.values()];
}

export function hasTags(tags: readonly string[] | undefined, wanted: readonly string[]): boolean {
  const own = new Set((tags ?? []).map(keyOf));
  return wanted.every((tag) => own.has(keyOf(tag)));
}

/** The tags to add to some chats, and the tags to remove. */
export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** One line without invisible characters; null if nothing is left. */
export function cleanTag(typed: string): string | null {
  const seen = visibleText(typed.slice(0, 10 * maxTagCharacters));
  const line = seen.replace(/\s+/g, ' ').trim().slice(0, maxTagCharacters);
  return (
    line
      .toWellFormed()
      .replace(/\ufffd$/, '')
      .trim() || null
  );
}

/** Cleans imported tags to those that a visitor could have typed. */
export function cleanTags(tags: readonly string[]): readonly string[] {
  const clean = tags.map(cleanTag).filter((tag) => tag !== null);
  return distinct(clean).slice(0, maxTags);
}

/** The tags after the change; there may be more than `maxTags` of them. */
export const withTags = (tags: readonly string[], { add, remove }: TagChange): readonly string[] =>
  distinct([...tags.filter((tag) => !hasTags(remove, [tag])), ...add]);

/** How many of the chats have the tag. */
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
  const all = distinct(lists.flatMap((tags) => tags ?? []));
  return [...all].sort((a, b) => a.localeCompare(b, locale));
}
