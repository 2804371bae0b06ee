/** Writes tables as CSV that spreadsheets read, without any cell being run as a formula. */

export type Cell = string | number | null;

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
