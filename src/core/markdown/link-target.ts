/** Which addresses in an answer become links: web pages and mail, nothing that could run code. */
import { bounds } from './bounds';

export interface LinkTarget {
  /** The whole address as the browser opens it: hosts in ASCII, control characters and spaces escaped. */
  readonly url: string;
  /** The host or the mail address, shown to the reader as the link's destination. */
  readonly destination: string;
}

const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Null for everything else, relative addresses included. */
export function linkTarget(written: string): LinkTarget | null {
  const address = written.trim();
  if (address.length > bounds.linkCharacters || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (!schemes.has(url.protocol)) return null;
  const destination = url.protocol === 'mailto:' ? decodedPath(url) : url.host;
  return destination === '' ? null : { url: url.href, destination };
}

function decodedPath({ pathname }: URL): string {
  // A decoded mail address could hold characters that change the writing direction.
  return pathname.replaceAll('%40', '@');
}
