/**
 * Checks whether an answer follows the pinned instruction, for instructions that can be checked;
 * `pin-verdict.ts` runs them.
 */
import { assertNever } from '../../protocol/errors';

/** The languages that can be detected. */
export const languages = ['en', 'it', 'fr', 'de', 'es', 'pt'] as const;
export type Language = (typeof languages)[number];

export type PinCheck =
  | { readonly kind: 'emoji' }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'max-words'; readonly count: number }
  | { readonly kind: 'max-characters'; readonly count: number }
  | { readonly kind: 'ends-with'; readonly text: string }
  /** A regular expression. It may never end, so it runs in a worker with a time limit. */
  | { readonly kind: 'pattern'; readonly source: string };

export type PinCheckKind = PinCheck['kind'];

/** In the order in which they are shown. */
export const pinCheckKinds: readonly PinCheckKind[] = [
  'emoji',
  'language',
  'max-words',
  'max-characters',
  'ends-with',
  'pattern',
];

/** Makes a check from its kind and the typed value; null if they are invalid. */
export function pinCheckFrom(kind: PinCheckKind, value: string): PinCheck | null {
  const text = value.trim();
  switch (kind) {
    case 'emoji':
      return { kind };
    case 'language':
      return isLanguage(text) ? { kind, language: text } : null;
    case 'max-words':
    case 'max-characters':
      return isCount(Number(text)) ? { kind, count: Number(text) } : null;
    case 'ends-with':
      return text === '' || text.length > maxTextLength ? null : { kind, text };
    case 'pattern':
      return isPattern(text) ? { kind, source: text } : null;
    default:
      return assertNever(kind);
  }
}

/** The inverse of `pinCheckFrom`: the value to type. */
export function pinCheckValue(check: PinCheck | null): string {
  switch (check?.kind) {
    case 'language':
      return check.language;
    case 'max-words':
    case 'max-characters':
      return String(check.count);
    case 'ends-with':
      return check.text;
    case 'pattern':
      return check.source;
    default:
      return '';
  }
}

/** Reads a stored or imported check; null if it is invalid. */
export function readPinCheck(value: unknown): PinCheck | null {
  const stored = (value ?? {}) as Readonly<Record<string, unknown>>;
  const kind = pinCheckKinds.find((one) => one === stored['kind']);
  if (!kind) return null;
  const detail = stored['language'] ?? stored['count'] ?? stored['text'] ?? stored['source'] ?? '';
  if (typeof detail !== 'string' && typeof detail !== 'number') return null;
  const check = pinCheckFrom(kind, String(detail));
  // Keeps fields of a later version.
  return check && { ...stored, ...check };
}

const maxTextLength = 200;
const isCount = (value: number) => Number.isInteger(value) && value > 0 && value <= 100_000;
const isLanguage = (value: string): value is Language =>
  (languages as readonly string[]).includes(value);

/** Compiling a pattern is fast; only matching can be slow. */
function isPattern(source: string): boolean {
  if (source === '' || source.length > maxTextLength) return false;
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
