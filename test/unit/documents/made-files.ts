/** Real files for the tests, made anew each time. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { PDFDocument, StandardFonts } from 'pdf-lib';

export const fileOf = (content: Uint8Array | string) =>
  new Blob([typeof content === 'string' ? content : new Uint8Array(content)]);

/** Each page's lines, from its top; a page without lines is empty, as a scanned one is. */
export async function madePdf(pages: readonly (readonly string[])[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const lines of pages) {
    const page = pdf.addPage([595, 842]);
    lines.forEach((line, at) => page.drawText(line, { x: 50, y: 780 - at * 14, size: 11, font }));
  }
  return pdf.save();
}

const escaped = (text: string) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;' })[sign] ?? '&gt;');

/** A paragraph's style, such as `Heading1`, and its text. */
export function madeDocx(
  paragraphs: readonly (readonly [style: string, text: string])[],
  further: Zippable = {},
): Uint8Array {
  const body = paragraphs
    .map(
      ([style, text]) =>
        `<w:p><w:pPr>${style ? `<w:pStyle w:val="${style}"/>` : ''}</w:pPr><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`,
    )
    .join('');
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(
      `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    ),
    ...further,
  });
}

export function madeEpub(chapters: readonly string[]): Uint8Array {
  const items = chapters.map((_, at) => `<item id="c${at}" href="text/${at}.xhtml"/>`).join('');
  const spine = chapters.map((_, at) => `<itemref idref="c${at}"/>`).join('');
  return zipSync({
    mimetype: strToU8('application/epub+zip'),
    'META-INF/container.xml': strToU8(
      '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    ),
    'OPS/book.opf': strToU8(
      `<package><manifest>${items}</manifest><spine>${spine}</spine></package>`,
    ),
    ...Object.fromEntries(
      chapters.map((chapter, at) => [
        `OPS/text/${at}.xhtml`,
        strToU8(`<html><body>${chapter}</body></html>`),
      ]),
    ),
  });
}
