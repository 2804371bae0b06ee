/** Reads files with one JSON object a line, as GSM8K and HumanEval are published. */
import { AppError } from '../../protocol/errors';

/** GSM8K's test set has 1,319 rows, and is 750 kB; a much larger file is something else. */
export const datasetLimitBytes = 20_000_000;

export type Row = Readonly<Record<string, unknown>>;

/** Throws `dataset-unreadable`, with the line. */
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
        // Told below.
      }
      throw new AppError('dataset-unreadable', { line: number });
    });
}

/** A row's texts; throws `dataset-unreadable` where one is missing. */
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
