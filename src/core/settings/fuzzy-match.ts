/** Finds names by some of their letters, in order: "pt" finds "Patient teacher". */

/** Comparable letters: without accents, in lower case. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * Higher for a better match; null for none. A letter at the beginning of a word counts most, then one that follows
 * the letter before it. An empty query matches everything alike.
 */
export function fuzzyScore(query: string, name: string): number | null {
  const wanted = [...plain(query)].filter((letter) => letter.trim() !== '');
  const letters = [...plain(name)];
  let [score, at] = [0, 0];
  for (const letter of wanted) {
    const found = bestPlace(letters, letter, at);
    if (found < 0) return null;
    score += isWordStart(letters, found) ? 3 : found === at ? 2 : 0;
    at = found + 1;
  }
  // Of equal matches, the shorter name is meant.
  return score - letters.length / 1000;
}

/** The next letter if it is the one, else the next word that begins with it, else the next place. */
function bestPlace(letters: readonly string[], letter: string, from: number): number {
  if (letters[from] === letter) return from;
  const next = letters.indexOf(letter, from);
  for (let at = next; at >= 0; at = letters.indexOf(letter, at + 1)) {
    if (isWordStart(letters, at)) return at;
  }
  return next;
}

const isWordStart = (letters: readonly string[], at: number) =>
  at === 0 || /[^\p{L}\p{N}]/u.test(letters[at - 1] ?? ' ');
