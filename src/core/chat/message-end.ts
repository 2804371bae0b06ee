/** Keeps the end of a message that is too long for the model. */

/** The end starts at the next word if one begins within this many characters. */
const wordSearchCharacters = 200;

/** At most `characters` characters from the end of the text, starting at a word if one is near. */
export function endOf(text: string, characters: number): string {
  const start = Math.max(0, text.length - characters);
  if (start === 0) return text;
  const isInsideWord = /\S/.test(text[start - 1]!);
  const next = text.slice(start, start + wordSearchCharacters).search(/\s/);
  const cut = text.slice(start + (isInsideWord && next >= 0 ? next : 0));
  // Drops half of a surrogate pair at the cut.
  return cut.replace(/^[\udc00-\udfff]/, '').trimStart();
}

/**
 * The longest end for which `fits` holds, to about one percent; empty if none fits. `share` is an estimate of
 * its share of the text.
 */
export async function longestEnd(
  text: string,
  share: number,
  fits: (end: string) => Promise<boolean>,
): Promise<string> {
  let best = '';
  let tooLong = text.length;
  let guess = Math.floor(text.length * share * 0.98);
  for (let attempt = 0; attempt < 8 && guess > best.length; attempt += 1) {
    const end = endOf(text, guess);
    if (end.length > best.length && (await fits(end))) best = end;
    else tooLong = guess;
    guess = Math.floor((best.length + tooLong) / 2);
    if (best !== '' && guess - best.length < text.length / 200) break;
  }
  return best;
}
