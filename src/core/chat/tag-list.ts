/** A chat's tags as they are stored and merged. Two that differ in case are one. */

export const mostTags = 20;

const keyOf = (tag: string) => tag.normalize('NFC').toLowerCase();

/** Each tag once, as it is spelt first. */
export function distinct(tags: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) if (!byKey.has(keyOf(tag))) byKey.set(keyOf(tag), tag);
  return [...byKey.values()];
}

export function hasTags(tags: readonly string[] | undefined, wanted: readonly string[]): boolean {
  const own = new Set((tags ?? []).map(keyOf));
  return wanted.every((tag) => own.has(keyOf(tag)));
}

/** What two tabs have changed since `base`, together: nothing that either has added is lost. */
export function mergedTags(
  base: readonly string[] = [],
  ours: readonly string[] = [],
  theirs: readonly string[] = [],
): readonly string[] {
  const isKept = (tag: string) =>
    !hasTags(base, [tag]) || (hasTags(ours, [tag]) && hasTags(theirs, [tag]));
  return distinct([...ours, ...theirs].filter(isKept)).slice(0, mostTags);
}
