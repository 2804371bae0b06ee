/**
 * Folds a text for the search: removes case, and marks that readers of its script may leave out. Marks that
 * make another letter stay: パ is not ハ, й is not и, ड़ is not ड, 한 is not 하.
 */

export interface Folded {
  readonly text: string;
  /** The position in the original text of a position in the folded text. */
  readonly placeOf: (at: number) => number;
}

/** Letters that lose their marks: all of Greek and Latin, some of Cyrillic and Arabic. */
const markless = /^[\p{Script=Latin}\p{Script=Greek}]$/u;
const special: Readonly<Record<string, string>> = {
  ё: 'е',
  Ё: 'е',
  ѐ: 'е',
  Ѐ: 'е',
  ѝ: 'и',
  Ѝ: 'и',
  آ: 'ا',
  أ: 'ا',
  إ: 'ا',
  ٱ: 'ا',
  ς: 'σ',
  đ: 'd',
  Đ: 'd',
  ł: 'l',
  Ł: 'l',
  ø: 'o',
  Ø: 'o',
};

/**
 * Marks that are removed: combining accents, vowel points of Hebrew and Arabic, the Arabic stretching stroke,
 * and invisible joiners.
 */
const ignoredCharacters =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640\u00ad\u200b\u2060\ufeff]/;

/** The dot of Indic scripts that makes another letter; the composed letter has no code point of its own. */
const nukta = /[\u093c\u09bc\u0a3c\u0abc\u0b3c]/;
const firstIndic = 0x0900;
const privateUse = 0xe000;

/** Full-width ASCII characters, as Japanese and Chinese keyboards write them. */
const firstWide = 0xff01;
const lastWide = 0xff5e;
const wideOffset = 0xfee0;

const folds = new Map<string, string>();

function foldCharacter(character: string): string {
  let folded = folds.get(character);
  if (folded === undefined) {
    folded = foldNew(character);
    folds.set(character, folded);
  }
  return folded;
}

function foldNew(character: string): string {
  if (Object.hasOwn(special, character)) return special[character] ?? character;
  const code = character.charCodeAt(0);
  if (code >= firstWide && code <= lastWide) return String.fromCharCode(code - wideOffset);
  const base = markless.test(character) ? character.normalize('NFD').charAt(0) : character;
  const lower = base.toLowerCase();
  return lower.length === 1 ? lower : character;
}

/** Works by UTF-16 unit, so positions stay the same except for removed marks. */
function foldUnits(text: string): string {
  return text.replace(/[^\0-\x7f\ud800-\udfff]/g, foldCharacter).toLowerCase();
}

/** `text` must be composed (NFC). */
export function fold(text: string): Folded {
  // Most texts are folded in one step.
  if (/^[\0-\x7f]*$/.test(text)) return { text: text.toLowerCase(), placeOf: (at) => at };
  if (!ignoredCharacters.test(text) && !nukta.test(text))
    return { text: foldUnits(text), placeOf: (at) => at };
  const kept: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (ignoredCharacters.test(character)) continue;
    if (nukta.test(character)) {
      kept.push(withNukta(kept.pop() ?? ''));
      continue;
    }
    kept.push(character);
    places.push(at);
  }
  places.push(text.length);
  return { text: foldUnits(kept.join('')), placeOf: (at) => places[at] ?? text.length };
}

/** One private-use unit that stands for the letter with its dot, in folded texts only. */
function withNukta(letter: string): string {
  return String.fromCharCode(privateUse + Math.max(0, letter.charCodeAt(0) - firstIndic));
}
