/** Reads JSON Lines files, the format of GSM8K and HumanEval. */
import { AppError } from '../../protocol/errors';

/** GSM8K's test set has 1,319 rows and 750 kB; a much larger file is something else. */
export const datasetLimitBytes = 20_000_000;

export type Row = Readonly<Record<string, unknown>>;

/** Throws `dataset-unreadable` with the line's number. */
export function readJsonLines(text: string): readonly Row[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      try {
        const row: unknown = JSON.parse(line);
        if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Row;
      } catch {
        // Thrown below.
      }
      throw new AppError('dataset-unreadable', { line: number });
    });
}

/** Reads texts of a row; throws `dataset-unreadable` if one is missing. */
export function textsOf<K extends string>(
  row: Row,
  names: readonly K[],
  line: number,
): Readonly<Record<K, string>> {
  const texts = names.map((name) => [name, row[name]] as const);
  if (texts.some(([, value]) => typeof value !== 'string')) {
    throw new AppError('dataset-unreadable', { line });
  }
  return Object.fromEntries(texts) as Record<K, string>;
}
