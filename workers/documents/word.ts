/** The text of a Word document (Office Open XML): paragraphs, headings, lists and tables. */
import { AppError } from '../../src/protocol/errors';
import { decodeMarkup } from './decode-text';
import { parseMarkup } from './markup';
import { TextLines } from './text-lines';

/** `Heading1` in English, `Titolo1`, `berschrift1` and so on in others: a name, and the level behind it. */
const headingStyle = /^\p{L}+ ?([1-6])$/u;
const outlineStyle = /^(title|titolo)$/i;

/** The path of the text in most files. */
const usualPath = 'word/document.xml';
const officeDocument = '/relationships/officeDocument';

/** Whether the file may be a part of a Word document. The list of relationships names the one with the text. */
export const isWordPart = (name: string): boolean =>
  name === '_rels/.rels' || /^word\/[^/]+\.xml$/.test(name);

/** Null if the archive is not a Word document. */
export function wordText(files: ReadonlyMap<string, Uint8Array>): string | null {
  const path = files.has(usualPath) ? usualPath : mainPath(files.get('_rels/.rels'));
  if (path === null || !path.startsWith('word/')) return null;
  const xml = files.get(path);
  if (!xml) throw new AppError('document-broken');
  return textOf(decodeMarkup(xml));
}

function mainPath(relationships: Uint8Array | undefined): string | null {
  let path: string | null = null;
  const onopentag = (
    name: string,
    { Type = '', Target = '' }: Readonly<Record<string, string>>,
  ) => {
    if (name === 'Relationship' && Type.endsWith(officeDocument)) path = Target.replace(/^\//, '');
  };
  if (relationships) parseMarkup(decodeMarkup(relationships), { onopentag }, { xmlMode: true });
  return path;
}

function textOf(xml: string): string {
  const lines = new TextLines();
  let isText = false;
  let inTable = 0;
  /** The property of a hidden run of text. */
  let isHidden = false;
  /** Inside content that is repeated for older programs. */
  let inFallback = 0;
  parseMarkup(
    xml,
    {
      onopentag(name, attributes) {
        if (name === 'mc:Fallback') inFallback += 1;
        if (inFallback > 0) return;
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
          case 'w:r':
            isHidden = false;
            break;
          case 'w:vanish':
            isHidden = !/^(?:0|false|off)$/.test(attributes['w:val'] ?? '');
            break;
          case 'w:t':
            isText = !isHidden;
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
        if (name === 'mc:Fallback') inFallback -= 1;
        else if (inFallback > 0) return;
        else if (name === 'w:t') isText = false;
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
  return lines.toString().replace(/ \|$/gm, '');
}
