/**
 * A text without what readers overlook when they search: case, and the marks that their script lets them
 * leave out. What makes another letter stays: パ is not ハ, й is not и, ड़ is not ड, 한 is not 하.
 */

export interface Folded {
  readonly text: string;
  /** Where in the original text a place of `text` is. */
  readonly placeOf: (at: number) => number;
}

/** Letters that lose their marks: of Greek and Latin all, of Cyrillic and Arabic some. */
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
 * Marks that are left out: accents that stand by themselves, the vowel points of Hebrew and Arabic and
 * the stroke that only makes a word longer; what joins or parts letters unseen.
 */
const overlooked =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640\u00ad\u200b\u2060\ufeff]/;

/** Of Indic scripts: the dot that makes another letter, which has no code point of its own when composed. */
const nukta = /[\u093c\u09bc\u0a3c\u0abc\u0b3c]/;
const firstIndic = 0x0900;
const privateUse = 0xe000;

/** Wide forms of ASCII characters, as Japanese and Chinese keyboards write them. */
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

/** Unit by unit, so that a place in what comes out is the same place in the text, but for overlooked marks. */
function foldUnits(text: string): string {
  const isAscii = /^[\0-\x7f]*$/.test(text);
  const plain = isAscii ? text : text.replace(/[^\0-\x7f\ud800-\udfff]/g, foldCharacter);
  return plain.toLowerCase();
}

/** `text` must be composed (NFC). */
export function fold(text: string): Folded {
  if (!overlooked.test(text) && !nukta.test(text))
    return { text: foldUnits(text), placeOf: (at) => at };
  const kept: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (overlooked.test(character)) continue;
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

/** One unit that stands for the letter and its dot, in folded texts only. */
function withNukta(letter: string): string {
  return String.fromCharCode(privateUse + Math.max(0, letter.charCodeAt(0) - firstIndic));
}
