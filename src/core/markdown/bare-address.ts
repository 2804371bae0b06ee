/** Finds addresses in running text, where they often end without a space. */
import { bounds } from './bounds';
import { isSpacelessScript } from './emphasis';

const scheme = /^(?:https?:\/\/|www\.)/i;
const ascii = /^[\x21-\x7e]$/;
/** Characters that end an address, or are markdown around it. */
const forbidden = /[\s<>`*|\\"]/;
/**
 * Non-ASCII characters allowed in an address: letters with their marks, digits, and in a path the dashes of
 * titles.
 */
const letter = /[\p{L}\p{M}\p{Nd}]/u;
const titleDash = /[\u2010\u2011\u2013]/;

/**
 * The end of the address that begins at `at`, trailing punctuation of the sentence included; -1 if none begins
 * there. At the text's end it may continue.
 */
export function addressEnd(text: string, at: number): number {
  if (/[\w/@.$]/.test(text.charAt(at - 1))) return -1;
  const limit = Math.min(text.length, at + bounds.linkCharacters);
  const [mark] = scheme.exec(text.slice(at, at + 8)) ?? [];
  if (mark === undefined) return -1;
  let isHost = true;
  let before = '';
  let end = at + mark.length;
  while (end < limit) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    if (forbidden.test(character)) break;
    if (/[/?#]/.test(character)) isHost = false;
    else if (!ascii.test(character)) {
      const isDash = !isHost && titleDash.test(character);
      if (!isDash && !letter.test(character)) break;
      if (isDash && !isWordAt(text, end + 1)) break;
      if (isOtherWord(before, character, isHost)) break;
    } else if (isHost && !/[\w.:@%[\]~!$&'()+,;=-]/.test(character)) break;
    else if (isHost && isAsciiAfterOther(before, character)) break;
    before = character;
    end += character.length;
  }
  return end;
}

/** Whether the word continues at `at`, or may continue because the text ends there. */
function isWordAt(text: string, at: number): boolean {
  return at >= text.length || /[\p{L}\p{N}]/u.test(text.charAt(at));
}

/** Whether text in another script follows directly after an ASCII word, as in `com里面`. */
function isOtherWord(before: string, character: string, isHost: boolean): boolean {
  if (!/[a-z\d]/i.test(before)) return false;
  return isHost ? !/\p{Script=Latin}|\p{M}/u.test(character) : isSpacelessScript(character);
}

/** A label of a host is in one script. */
function isAsciiAfterOther(before: string, character: string): boolean {
  return isSpacelessScript(before) && /[a-z]/i.test(character);
}

/** The address that begins at `at`, without trailing punctuation of the sentence. */
export function bareAddressAt(text: string, at: number): string | null {
  let end = addressEnd(text, at);
  if (end < 0) return null;
  const open = { ')': 0, ']': 0 };
  for (let i = at; i < end; i++) {
    const character = text[i];
    if (character === '(') open[')']--;
    else if (character === ')' || character === ']') open[character]++;
    else if (character === '[') open[']']--;
  }
  for (; end > at; end--) {
    const last = text[end - 1] ?? '';
    if (last === ')' || last === ']') {
      if (open[last] <= 0) break;
      open[last]--;
    } else if (!'.,;:!?\'"_~$'.includes(last) && !titleDash.test(last)) break;
  }
  const address = text.slice(at, end);
  return /^(?:https?:\/\/|www\.)[^./]/i.test(address) ? address : null;
}
