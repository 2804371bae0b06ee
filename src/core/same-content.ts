/**
 * Whether two JSON values have the same content, whatever the order of their keys. As in JSON, undefined values
 * count as absent.
 */
export function isSameContent(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [ours, theirs] = [a, b].map(
    (value) =>
      new Map<string, unknown>(Object.entries(value).filter(([, one]) => one !== undefined)),
  ) as [Map<string, unknown>, Map<string, unknown>];
  return (
    ours.size === theirs.size &&
    [...ours].every(([key, one]) => theirs.has(key) && isSameContent(one, theirs.get(key)))
  );
}
