/**
 * Removes invisible characters from a text of another origin: they could tell a model something that the reader
 * does not see.
 */

/**
 * Control characters except tab and line feed; format characters, ignorable ones, variation selectors; blank
 * fillers.
 */
const unseen =
  // eslint-disable-next-line no-control-regex
  /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Cf}\p{Default_Ignorable_Code_Point}\p{Variation_Selector}\u2800]/gu;

/** Characters that Unicode counts as format characters but that are visible: they enclose numbers. */
const drawn = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;

/** The only flags in Unicode's list that are spelt with tag characters: England, Scotland and Wales. */
const flag =
  /^\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/u;
const blackFlag = '\u{1f3f4}';
const firstTag = 0xe0020;
/** The length of such a flag, in UTF-16 units. */
const flagLength = 14;

/** Scripts in which joiners are part of the spelling. */
const joiningScript =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const mongolian = /[\u1820-\u18aa]/;
const emoji = /\p{Extended_Pictographic}/u;
/** The characters that may follow a joiner after an emoji: another emoji or a skin tone. */
const joinable = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

export function visibleText(text: string): string {
  const whole = text.toWellFormed().replaceAll('\r\n', '\n');
  return whole.replace(unseen, (mark, at: number) => (isNeeded(mark, whole, at) ? mark : ''));
}

/** Judges by the neighbours: a joiner after a joiner is not needed. */
function isNeeded(mark: string, text: string, at: number): boolean {
  const before = characterBefore(text, at);
  const next = String.fromCodePoint(text.codePointAt(at + mark.length) ?? 0);
  switch (mark) {
    case '\u200c': // zero width non-joiner
      return isJoining(before);
    case '\u200d': // zero width joiner
      return isJoining(before) || (isEmojiBefore(text, at) && emoji.test(next));
    case '\ufe0e': // as text
    case '\ufe0f': // as an emoji
      return emoji.test(before) || (/[\d#*]/.test(before) && next === '\u20e3');
    case '\u180b':
    case '\u180c':
    case '\u180d':
    case '\u180f':
      return mongolian.test(before);
    default:
      return drawn.test(mark) || isOfFlag(mark, text, at);
  }
}

function isEmojiBefore(text: string, at: number): boolean {
  const before = characterBefore(text, at);
  return joinable.test(before === '\ufe0f' ? characterBefore(text, at - 1) : before);
}

function isJoining(character: string): boolean {
  return joiningScript.test(character) && /[\p{L}\p{M}]/u.test(character);
}

function isOfFlag(mark: string, text: string, at: number): boolean {
  if ((mark.codePointAt(0) ?? 0) < firstTag) return false;
  const from = Math.max(0, at - flagLength);
  const start = text.slice(from, at).lastIndexOf(blackFlag);
  return start >= 0 && flag.test(text.slice(from + start, from + start + flagLength));
}

/** Empty at the beginning of the text. */
function characterBefore(text: string, at: number): string {
  const isPair = /[\udc00-\udfff]/.test(text.charAt(at - 1));
  return text.slice(Math.max(0, at - (isPair ? 2 : 1)), at);
}
