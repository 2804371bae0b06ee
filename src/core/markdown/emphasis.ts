/**
 * Which runs of `*`, `_` and `~~` open and close emphasis: as in CommonMark, and also next to scripts without
 * spaces between words, where `**提示：**先` is bold, as its writer meant it.
 */

interface Sides {
  readonly opens: boolean;
  readonly closes: boolean;
}

const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}\u30fc\u3005-\u3007]/u;
/** Punctuation that only such scripts have. */
const widePunctuation =
  /[\u3000-\u303f\u30fb\ufe10-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]/u;
const punctuation = /[\p{S}\p{P}]/u;
/** The maximum distance at which the nearest letter is searched. */
const nearestLetter = 8;

export function isSpacelessScript(character: string): boolean {
  return spaceless.test(character);
}

/**
 * Of the marks between `from` and `to`.
 * @param whatIfMore The value of `opens` if it depends on characters that are still to come.
 */
export function emphasisSides(text: string, from: number, to: number, whatIfMore = false): Sides {
  const before = characterBefore(text, from);
  const after = characterAfter(text, to);
  const isRight = isFlanked(before, after, () => letterBefore(text, from) ?? '');
  const letter = () => letterAfter(text, to);
  const isUnknown = whatIfMore && isHard(after) && letter() === null;
  const isLeft = isUnknown || isFlanked(after, before, () => letter() ?? '');
  const isWord = isAsciiWord(before) && isAsciiWord(after);
  if (text[from] !== '_') return { opens: isLeft && !isWord, closes: isRight };
  const isBeside = isSpacelessScript(before) || isSpacelessScript(after);
  const isBefore = punctuation.test(before);
  const isAfter = punctuation.test(after);
  return {
    opens: isLeft && !isWord && (!isRight || isBefore || (isBeside && isAfter)),
    closes: isRight && (!isLeft || isAfter || (isBeside && isBefore)),
  };
}

/** Whether a mark with `inner` on its inside and `outer` on its outside may open or close emphasis. */
function isFlanked(inner: string, outer: string, innerLetter: () => string): boolean {
  if (inner === '' || /\s/.test(inner)) return false;
  if (!isHard(inner) || outer === '' || /\s/.test(outer) || punctuation.test(outer)) return true;
  return isSpacelessScript(outer) || isSpacelessScript(innerLetter());
}

function isHard(character: string): boolean {
  return punctuation.test(character) && !widePunctuation.test(character);
}

function isAsciiWord(character: string): boolean {
  return /^[a-z\d]$/i.test(character);
}

function characterAfter(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function characterBefore(text: string, at: number): string {
  const isPair = /[\udc00-\udfff]/.test(text.charAt(at - 1)) && at > 1;
  return at === 0 ? '' : characterAfter(text, isPair ? at - 2 : at - 1);
}

/** The first character that is not punctuation; null if the text ends first. */
function letterAfter(text: string, at: number): string | null {
  for (let i = at; i < at + nearestLetter;) {
    const character = characterAfter(text, i);
    if (character === '') return null;
    if (!punctuation.test(character)) return character;
    i += character.length;
  }
  return '';
}

function letterBefore(text: string, at: number): string | null {
  for (let i = at; i > at - nearestLetter;) {
    const character = characterBefore(text, i);
    if (character === '') return null;
    if (!punctuation.test(character)) return character;
    i -= character.length;
  }
  return '';
}
