/** Finds the final number in the answer to a word problem. */

/** Digits with optional thousands commas, minus sign and decimals. */
const number = /(?<![\w.])-?\$?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w])/g;

/**
 * GSM8K writes its answers as `#### 42`: the number after the last such mark counts. Without a mark the last
 * number counts, since chat models end with the result. Null if there is none.
 */
export function finalNumber(text: string): number | null {
  const mark = text.lastIndexOf('####');
  const marked = mark < 0 ? [] : numbersIn(text.slice(mark + 4));
  return marked[0] ?? numbersIn(mark < 0 ? text : text.slice(0, mark)).at(-1) ?? null;
}

function numbersIn(text: string): readonly number[] {
  const plain = text.replaceAll('\u2212', '-').replaceAll('-$', '-').replaceAll('$', '');
  return (plain.match(number) ?? []).map((found) => Number(found.replaceAll(/[$,]/g, '')));
}
