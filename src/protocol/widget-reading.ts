/** Reads untrusted values from a port: typed values, or null. */

export type Fields = Readonly<Record<string, unknown>>;
/** The value if it is valid, undefined if not. */
export type Reader<T> = (value: unknown) => T | undefined;

/**
 * A copy of the value's own fields without a prototype: inherited fields do not count, and `__proto__` is a
 * plain name.
 */
export function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.assign(Object.create(null), value) as Fields;
}

export const textUpTo =
  (characters: number): Reader<string> =>
  (value) =>
    typeof value === 'string' && value.length <= characters ? value : undefined;

export const isId = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

export const readNumber: Reader<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const readBoolean: Reader<boolean> = (value) =>
  typeof value === 'boolean' ? value : undefined;

export const oneOf =
  <T extends string>(values: readonly T[]): Reader<T> =>
  (value) =>
    values.find((one) => one === value);

/** Reads optional fields: those that are present. Null if one is invalid. */
export function readOptional<T extends object>(
  fields: Fields,
  readers: { readonly [K in keyof T]-?: Reader<NonNullable<T[K]>> },
): Partial<T> | null {
  const found: Record<string, unknown> = {};
  for (const [name, read] of Object.entries<Reader<unknown>>(readers)) {
    if (fields[name] === undefined) continue;
    const value = read(fields[name]);
    if (value === undefined) return null;
    found[name] = value;
  }
  return found as Partial<T>;
}
