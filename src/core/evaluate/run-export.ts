/** Exports runs: all data as JSON, or one line an answer as CSV. */
import { scoresOf, type StoredRun } from './run';

export const evaluationFormat = 'corral-evaluation';

export function runsAsJson(runs: readonly StoredRun[], exportedMs: number): string {
  const file = {
    format: evaluationFormat,
    version: 1,
    exportedAt: new Date(exportedMs).toISOString(),
    runs: runs.map((stored) => ({
      ...stored.run,
      scores: scoresOf(stored),
      outcomes: stored.outcomes,
    })),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

const columns = [
  'run',
  'suite',
  'suites_version',
  'model',
  'engine',
  'adapter',
  'browser',
  'started',
  'task',
  'condition',
  'turn',
  'verdict',
  'reason',
  'tokens',
  'ms',
  'answer',
];

export function runsAsCsv(runs: readonly StoredRun[]): string {
  const rows = runs.flatMap(({ run, outcomes }) => {
    const { subject } = run;
    const started = new Date(run.startedMs).toISOString();
    const head = [
      run.id,
      run.suite,
      run.suitesVersion,
      subject.modelName,
      subject.engine,
      subject.adapter,
      subject.browser,
      started,
    ];
    return outcomes.flatMap(({ taskId, condition, answers }) =>
      answers.map(({ turn, verdict, reason = null, tokens, ms, text }) => [
        ...head,
        taskId,
        condition,
        turn,
        verdict,
        reason,
        tokens,
        Math.round(ms),
        text,
      ]),
    );
  });
  return csv([columns, ...rows]);
}

type Cell = string | number | null;

/**
 * RFC 4180, with CRLF line ends. Spreadsheets take a cell that begins with one of `=+-@`, a tab or a line break
 * for a formula, even if it is quoted, so texts that begin so get an apostrophe in front, as OWASP advises
 * ("CSV injection"). Numbers stay as they are.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

const formula = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
