/** Whether two values that JSON can hold have the same content, in whatever order their keys are. */

export function isSameContent(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        isSameContent((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
