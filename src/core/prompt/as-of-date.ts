/** The as-of date of a conversation or a single message: the date for which it is answered. */

/** An existing day (`2021-05-03`) or a whole year (`2007`); made by `readDate`. */
export type AsOfDate = string & { readonly asOfDate: unique symbol };

export type AsOf = 'off' | 'today' | AsOfDate;

/** Gregorian, years 1 to 9999; null if it is not such a date. */
export function readDate(value: unknown): AsOfDate | null {
  const text = typeof value === 'string' ? value.trim() : '';
  const [, year = '', month, day] = /^(\d{3,4})(?:-(\d{1,2})-(\d{1,2}))?$/.exec(text) ?? [];
  const [y, m, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)];
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return null;
  return month === undefined ? (digits(y, 4) as AsOfDate) : dateOf(y, m, d);
}

/** Makes a date from valid parts, such as a clock's; months count from 1. */
export function dateOf(year: number, month: number, day: number): AsOfDate {
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}` as AsOfDate;
}

const digits = (value: number, width: number) => String(value).padStart(width, '0');

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The sentence that tells a model the date. The wording for a day is in Cria's training data. */
export function dateSentence(date: AsOfDate): string {
  return date.includes('-') ? `Today is ${date}.` : `The year is ${Number(date)}.`;
}

/** The date to tell the model; `today` is the date used for "today". Null for none. */
export function resolveDate(asOf: AsOf, today: AsOfDate | null): AsOfDate | null {
  if (asOf === 'off') return null;
  return asOf === 'today' ? today : asOf;
}

export interface DatedMessage {
  readonly text: string;
  readonly asOf: AsOfDate | null;
  /** Text that looks like a date but is invalid: the message must not be sent. */
  readonly noSuchDate: string | null;
}

/** A message with its own date in front, as it could have been typed. */
export function typedMessage(text: string, asOf: AsOfDate | undefined): string {
  return asOf ? `as of ${asOf}: ${text}` : text;
}

/**
 * Separates a leading date from a message, such as "as of 2007: how long ago …" or, in Italian, "al 2021-05-03:
 * …".
 */
export function readDatedMessage(typed: string): DatedMessage {
  const pattern =
    /^\s*(?:as of|alla data del|al)\s+(\d{3,4}(?:-\d{1,2}-\d{1,2})?)\s*:\s*(\S[^]*)$/i;
  const [, date, text = ''] = pattern.exec(typed) ?? [];
  if (date === undefined) return { text: typed, asOf: null, noSuchDate: null };
  const asOf = readDate(date);
  return asOf ? { text, asOf, noSuchDate: null } : { text: typed, asOf: null, noSuchDate: date };
}
