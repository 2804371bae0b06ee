/** The date that a conversation, or one message of it, is to be answered as of. */

/** A day (`2021-05-03`) or a whole year (`2007`) that exists: `readDate` makes them. */
export type AsOfDate = string & { readonly asOfDate: unique symbol };

export type AsOf = 'off' | 'today' | AsOfDate;

/** Gregorian, years 1 to 9999; null for what is no such date. */
export function readDate(value: unknown): AsOfDate | null {
  const text = typeof value === 'string' ? value.trim() : '';
  const [, year = '', month, day] = /^(\d{3,4})(?:-(\d{1,2})-(\d{1,2}))?$/.exec(text) ?? [];
  const [y, m, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)];
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return null;
  return month === undefined ? (digits(y, 4) as AsOfDate) : dateOf(y, m, d);
}

/** Of parts that make a date, such as a clock's; months count from 1. */
export function dateOf(year: number, month: number, day: number): AsOfDate {
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}` as AsOfDate;
}

const digits = (value: number, width: number) => String(value).padStart(width, '0');

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** What a model is told, always in the same words; those for a day are in Cria's training. */
export function dateSentence(date: AsOfDate): string {
  return date.includes('-') ? `Today is ${date}.` : `The year is ${Number(date)}.`;
}

/** The date to be told; `today` is the day that stands for it. Null for none. */
export function resolveDate(asOf: AsOf, today: AsOfDate | null): AsOfDate | null {
  if (asOf === 'off') return null;
  return asOf === 'today' ? today : asOf;
}

export interface DatedMessage {
  readonly text: string;
  readonly asOf: AsOfDate | null;
  /** What looks like a date and is none: the message is not to be sent. */
  readonly noSuchDate: string | null;
}

/** A message as it could have been typed, its own date ahead of it. */
export function typedMessage(text: string, asOf: AsOfDate | undefined): string {
  return asOf ? `as of ${asOf}: ${text}` : text;
}

/**
 * Takes the date off a message that begins with one, such as "as of 2007: how long ago …" or, in
 * Italian, "al 2021-05-03: …".
 */
export function readDatedMessage(typed: string): DatedMessage {
  const pattern =
    /^\s*(?:as of|alla data del|al)\s+(\d{3,4}(?:-\d{1,2}-\d{1,2})?)\s*:\s*(\S[^]*)$/i;
  const [, date, text = ''] = pattern.exec(typed) ?? [];
  if (date === undefined) return { text: typed, asOf: null, noSuchDate: null };
  const asOf = readDate(date);
  return asOf ? { text, asOf, noSuchDate: null } : { text: typed, asOf: null, noSuchDate: date };
}
