/**
 * Published results, each with its table. Touvron et al., "Llama 2: Open Foundation and Fine-Tuned Chat
 * Models", arXiv 2307.09288v2 (2023). docs/evaluate.md says how they were checked.
 */

export type Benchmark =
  | 'code'
  | 'commonsense'
  | 'world-knowledge'
  | 'reading'
  | 'maths'
  | 'mmlu'
  | 'bbh'
  | 'agi-eval'
  | 'triviaqa'
  | 'natural-questions'
  | 'gsm8k'
  | 'humaneval';

export interface PublishedTable {
  readonly id: 'by-size' | 'closed' | 'code-by-size' | 'ghost-attention';
  /** The table's number in the paper. */
  readonly table: number;
  readonly columns: readonly string[];
  readonly rows: readonly PublishedRow[];
}

export interface PublishedRow {
  readonly name: string;
  readonly family: 'llama-2' | 'other';
  /** In percent, in the order of the columns; null for a dash in the paper. */
  readonly values: readonly (number | null)[];
}

const row = (name: string, ...values: readonly (number | null)[]): PublishedRow => ({
  name,
  family: name.startsWith('Llama 2') ? 'llama-2' : 'other',
  values,
});

/** Base models on groups of benchmarks, and on three single benchmarks that are groups themselves. */
const bySize = {
  id: 'by-size',
  table: 3,
  columns: [
    'code',
    'commonsense',
    'world-knowledge',
    'reading',
    'maths',
    'mmlu',
    'bbh',
    'agi-eval',
  ],
  rows: [
    row('MPT 7B', 20.5, 57.4, 41.0, 57.5, 4.9, 26.8, 31.0, 23.5),
    row('MPT 30B', 28.9, 64.9, 50.0, 64.7, 9.1, 46.9, 38.0, 33.8),
    row('Falcon 7B', 5.6, 56.1, 42.8, 36.0, 4.6, 26.2, 28.0, 21.2),
    row('Falcon 40B', 15.2, 69.2, 56.7, 65.7, 12.6, 55.4, 37.1, 37.0),
    row('Llama 2 7B', 16.8, 63.9, 48.9, 61.3, 14.6, 45.3, 32.6, 29.3),
    row('Llama 2 13B', 24.5, 66.9, 55.4, 65.8, 28.7, 54.8, 39.4, 39.1),
    row('Llama 2 34B', 27.8, 69.9, 58.7, 68.0, 24.2, 62.6, 44.1, 43.4),
    row('Llama 2 70B', 37.5, 71.9, 63.6, 69.4, 35.2, 68.9, 51.2, 54.2),
  ],
} as const satisfies PublishedTable;

/** The largest Llama 2 and models with closed weights. */
const closed = {
  id: 'closed',
  table: 4,
  columns: ['mmlu', 'triviaqa', 'natural-questions', 'gsm8k', 'humaneval', 'bbh'],
  rows: [
    row('GPT-3.5', 70.0, null, null, 57.1, 48.1, null),
    row('GPT-4', 86.4, null, null, 92.0, 67.0, null),
    row('PaLM', 69.3, 81.4, 29.3, 56.5, 26.2, 52.3),
    row('PaLM-2-L', 78.3, 86.1, 37.5, 80.7, null, 65.7),
    row('Llama 2 70B', 68.9, 85.0, 33.0, 56.8, 29.9, 51.2),
  ],
} as const satisfies PublishedTable;

/** HumanEval pass@1 without examples. */
const codeBySize = {
  id: 'code-by-size',
  table: 21,
  columns: ['humaneval'],
  rows: [
    row('Llama 2 7B', 12.8),
    row('Llama 2 13B', 18.3),
    row('Llama 2 34B', 22.6),
    row('Llama 2 70B', 29.9),
  ],
} as const satisfies PublishedTable;

/** How often Llama 2-Chat still knew the content of its first message, at each turn. */
const ghostAttention = {
  id: 'ghost-attention',
  table: 30,
  columns: ['2', '4', '6', '20'],
  rows: [row('Llama 2-Chat, GAtt', 100, 100, 100, 100), row('Llama 2-Chat', 100, 10, 0, 0)],
} as const satisfies PublishedTable;

export const published = { bySize, closed, codeBySize, ghostAttention };
export const publishedTables: readonly PublishedTable[] = [
  bySize,
  closed,
  codeBySize,
  ghostAttention,
];
