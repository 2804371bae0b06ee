/** The number that an answer to a word problem comes to. */

/** Digits with or without commas between thousands, a minus sign, decimals. */
const number = /(?<![\w.])-?\$?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w])/g;

/**
 * GSM8K writes its answers as `#### 42`: what stands after the last such mark counts. An answer without
 * one counts by its last number, as chat models close. Null where there is none.
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
