/** The shown name of a file. */
import { visibleText } from '../visible-text';

/** One line, without a path, and without characters that would reorder the text around it. */
export function documentName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? '';
  return visibleText(last).replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed() || '?';
}
