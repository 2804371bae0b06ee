/** The text of an EPUB: its chapters, in the order of its spine. */
import { maxDocumentCharacters } from '../../src/core/documents/document';
import { AppError } from '../../src/protocol/errors';
import { decodeMarkup } from './decode-text';
import { readHtml } from './html';
import { parseMarkup } from './markup';

export function readEpub(files: ReadonlyMap<string, Uint8Array>): string {
  const textOf = (name: string) => {
    const bytes = files.get(name);
    return bytes ? decodeMarkup(bytes) : '';
  };
  let packagePath = '';
  forEachElement(textOf('META-INF/container.xml'), (name, attributes) => {
    if (name === 'rootfile') packagePath ||= attributes['full-path'] ?? '';
  });
  const paths = new Map<string, string | null>();
  // Each chapter is read once: a small file could name one a million times.
  const chapters = new Set<string>();
  forEachElement(textOf(packagePath), (name, { id = '', href = '', idref = '' }) => {
    if (name.endsWith('item')) paths.set(id, pathOf(href, packagePath));
    if (name.endsWith('itemref')) {
      const path = paths.get(idref);
      if (path) chapters.add(path);
    }
  });
  if (chapters.size === 0) throw new AppError('document-broken');
  let text = '';
  for (const path of chapters) {
    const chapter = readHtml(textOf(path));
    if (chapter !== '') text += text === '' ? chapter : `\n\n${chapter}`;
    // The caller refuses it.
    if (text.length > maxDocumentCharacters) break;
  }
  return text;
}

/** The path in the archive of an address that is relative to the package's file; null if it is invalid. */
function pathOf(href: string, packagePath: string): string | null {
  try {
    // The origin represents the archive.
    const { pathname } = new URL(href, `epub:///${packagePath}`);
    return decodeURIComponent(pathname.slice(1));
  } catch {
    return null;
  }
}

function forEachElement(
  xml: string,
  onopentag: (name: string, attributes: Readonly<Record<string, string>>) => void,
): void {
  parseMarkup(xml, { onopentag }, { xmlMode: true });
}
