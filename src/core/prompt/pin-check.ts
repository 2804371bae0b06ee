/** How to tell whether an answer kept to its pinned instruction, where that can be stated; `pin-verdict.ts` tells it. */
import { assertNever } from '../../protocol/errors';

/** Those that an answer's language is told from. */
export const languages = ['en', 'it', 'fr', 'de', 'es', 'pt'] as const;
export type Language = (typeof languages)[number];

export type PinCheck =
  | { readonly kind: 'emoji' }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'max-words'; readonly count: number }
  | { readonly kind: 'max-characters'; readonly count: number }
  | { readonly kind: 'ends-with'; readonly text: string }
  /** A regular expression, which may take for ever: it runs in a worker, with a time limit. */
  | { readonly kind: 'pattern'; readonly source: string };

export type PinCheckKind = PinCheck['kind'];

/** In the order in which they are offered. */
export const pinCheckKinds: readonly PinCheckKind[] = [
  'emoji',
  'language',
  'max-words',
  'max-characters',
  'ends-with',
  'pattern',
];

/** Of what was typed beside the kind; null where it is no such check. */
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

/** What `pinCheckFrom` would make the same check from. */
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

/** Of a stored or imported value; null if it has not the right shape. */
export function readPinCheck(value: unknown): PinCheck | null {
  const stored = (value ?? {}) as Readonly<Record<string, unknown>>;
  const kind = pinCheckKinds.find((one) => one === stored['kind']);
  if (!kind) return null;
  const detail = stored['language'] ?? stored['count'] ?? stored['text'] ?? stored['source'] ?? '';
  if (typeof detail !== 'string' && typeof detail !== 'number') return null;
  const check = pinCheckFrom(kind, String(detail));
  // With what a later version may have stored beside it.
  return check && { ...stored, ...check };
}

const maxTextLength = 200;
const isCount = (value: number) => Number.isInteger(value) && value > 0 && value <= 100_000;
const isLanguage = (value: string): value is Language =>
  (languages as readonly string[]).includes(value);

/** Compiling takes no longer than the text is long; only matching can. */
function isPattern(source: string): boolean {
  if (source === '' || source.length > maxTextLength) return false;
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
