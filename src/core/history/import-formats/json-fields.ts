/** Reads fields of JSON that another program wrote: a field that is absent or of another type counts as empty. */

export type Fields = Readonly<Record<string, unknown>>;

const none: Fields = Object.freeze({});

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only fields of its own: `__proto__` and the like are data in JSON. */
function own(value: unknown, name: string): unknown {
  return isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export const fieldsOf = (value: unknown, name: string): Fields => {
  const field = own(value, name);
  return isFields(field) ? field : none;
};

export const has = (value: unknown, name: string): boolean => own(value, name) !== undefined;

export const listOf = (value: unknown, name: string): readonly unknown[] => {
  const field = own(value, name);
  return Array.isArray(field) ? field : [];
};

export const textOf = (value: unknown, name: string): string => {
  const field = own(value, name);
  return typeof field === 'string' ? field : '';
};

/** An id may be a number; empty for none. */
export const idOf = (value: unknown, name: string): string => {
  const field = own(value, name);
  return typeof field === 'number' ? String(field) : typeof field === 'string' ? field : '';
};

/**
 * Reads a time from a number, in units of that many milliseconds, or from an ISO 8601 text. 0 for none, or if it is out
 * of range.
 */
export function timeOf(value: unknown, name: string, unitMs = 1): number {
  const field = own(value, name);
  const ms = typeof field === 'string' ? isoTime(field) : Number(field) * unitMs;
  return typeof field !== 'object' && ms > 0 && ms <= 8.64e15 ? Math.round(ms) : 0;
}

/** Other formats have different meanings in different countries. */
const isoTime = (text: string): number => (/^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : 0);
