/** Extracts a title from the text that a model wrote. */
import { visibleText } from '../visible-text';
import { answerOf } from './thoughts';

const maxTitleCharacters = 60;
/** The number of characters that are read; a title is shorter. */
const maxReadCharacters = 1000;

/** The title as one line that is short enough for the list; null if there is none. */
export function titleIn(written: string): string | null {
  const lines = visibleText(answerOf(written).slice(0, maxReadCharacters)).split('\n');
  const line = lines.map(bare).find((one) => one !== '') ?? '';
  if (!/[\p{L}\p{N}]/u.test(line)) return null;
  return shortened(line);
}

/** Removes the label, the quotation marks, the Markdown marks and the full stop that models put around a title. */
function bare(line: string): string {
  const around = new Set('"\'`“”„«»‘’*_#.: \t');
  const trim = (text: string) => {
    const characters = [...text.replace(/\s/g, ' ')];
    const from = characters.findIndex((one) => !around.has(one));
    const to = characters.findLastIndex((one) => !around.has(one));
    return from < 0 ? '' : characters.slice(from, to + 1).join('');
  };
  return trim(trim(line).replace(/^(?:title|titolo)\s?:/i, '')).replace(/ {2,}/g, ' ');
}

function shortened(line: string): string {
  if (line.length <= maxTitleCharacters) return line;
  const head = line
    .slice(0, maxTitleCharacters - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '');
  const space = head.lastIndexOf(' ');
  return `${space > maxTitleCharacters / 2 ? head.slice(0, space) : head}…`;
}
