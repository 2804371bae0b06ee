/** Tables as text that spreadsheets read, and that none of them runs. */

export type Cell = string | number | null;

/**
 * RFC 4180, with line ends of two characters. Spreadsheets take a cell that begins with one of `=+-@`, a
 * tab or a line break for a formula, quoted or not; what a model wrote gets an apostrophe before it, as
 * OWASP advises ("CSV injection"). Numbers are written as they are.
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
