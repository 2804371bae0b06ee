/** The text of an EPUB: its chapters, in the order of its spine. */
import { Parser } from 'htmlparser2';
import { AppError } from '../../src/protocol/errors';
import { readHtml } from './html';

const decoder = new TextDecoder();

export function readEpub(files: ReadonlyMap<string, Uint8Array>): string {
  const textOf = (name: string) => {
    const bytes = files.get(name);
    return bytes ? decoder.decode(bytes) : '';
  };
  let packagePath = '';
  forEachElement(textOf('META-INF/container.xml'), (name, attributes) => {
    if (name === 'rootfile') packagePath ||= attributes['full-path'] ?? '';
  });
  const paths = new Map<string, string>();
  const chapters: string[] = [];
  forEachElement(textOf(packagePath), (name, { id = '', href = '', idref = '' }) => {
    if (name.endsWith('item')) paths.set(id, href);
    if (name.endsWith('itemref')) chapters.push(idref);
  });
  if (chapters.length === 0) throw new AppError('document-broken');
  // Addresses are relative to the package's file; the origin stands for the archive.
  const base = `epub:///${packagePath}`;
  return chapters
    .map((id) => new URL(paths.get(id) ?? '', base).pathname.slice(1))
    .map((path) => readHtml(textOf(decodeURIComponent(path))))
    .filter((text) => text !== '')
    .join('\n\n');
}

function forEachElement(
  xml: string,
  visit: (name: string, attributes: Readonly<Record<string, string>>) => void,
): void {
  new Parser({ onopentag: visit }, { xmlMode: true }).end(xml);
}
