/** The text of a Word document (Office Open XML, `word/document.xml`): paragraphs, headings, lists and tables. */
import { Parser } from 'htmlparser2';
import { AppError } from '../../src/protocol/errors';
import { TextLines } from './text-lines';

/** `Heading1` in English, `Titolo1`, `berschrift1` and so on in others: a name, and the level behind it. */
const headingStyle = /^\p{L}+ ?([1-6])$/u;
const outlineStyle = /^(title|titolo)$/i;

export function readWord(files: ReadonlyMap<string, Uint8Array>): string {
  const xml = files.get('word/document.xml');
  if (!xml) throw new AppError('document-broken');
  const lines = new TextLines();
  let isText = false;
  let inTable = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        switch (name) {
          case 'w:tbl':
            inTable += 1;
            break;
          case 'w:p':
            if (inTable === 0) lines.newParagraph();
            break;
          case 'w:pStyle': {
            const style = attributes['w:val'] ?? '';
            const level = outlineStyle.test(style) ? 1 : Number(headingStyle.exec(style)?.[1] ?? 0);
            if (level > 0 && inTable === 0) lines.newParagraph(`${'#'.repeat(level)} `);
            break;
          }
          case 'w:numPr':
            if (inTable === 0) lines.newLine('- ');
            break;
          case 'w:t':
            isText = true;
            break;
          case 'w:tab':
            lines.add(' ');
            break;
          case 'w:br':
          case 'w:cr':
            lines.newLine();
            break;
          default:
        }
      },
      ontext(text) {
        if (isText) lines.add(text);
      },
      onclosetag(name) {
        if (name === 'w:t') isText = false;
        else if (name === 'w:p' && inTable > 0) lines.add(' ');
        else if (name === 'w:tc') lines.add('| ');
        else if (name === 'w:tr') lines.newLine();
        else if (name === 'w:tbl') {
          inTable -= 1;
          lines.newParagraph();
        }
      },
    },
    { xmlMode: true },
  );
  parser.end(new TextDecoder().decode(xml));
  return lines.toString().replace(/ \|$/gm, '');
}
