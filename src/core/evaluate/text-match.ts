/** Whether an answer contains one of several texts, in any spelling. */

/** Lower case, without accents, with spaces for punctuation: `L'Avana!` becomes ` l avana `. */
function normalisedText(text: string): string {
  const bare = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return ` ${bare.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
}

/** Whole words only: "art" is not in "part". */
export function says(answer: string, anyOf: readonly string[]): boolean {
  const words = normalisedText(answer);
  return anyOf.some((wanted) => words.includes(normalisedText(wanted)));
}
