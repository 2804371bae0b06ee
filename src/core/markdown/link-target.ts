/** Which addresses in an answer become links: web pages and mail, and nothing that could run. */
import { bounds } from './bounds';

export interface LinkTarget {
  /** The whole address as the browser will open it: hosts in ASCII, controls and spaces escaped. */
  readonly url: string;
  /** The host or the mail address, which tells a reader most about where the link leads. */
  readonly place: string;
}

const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** null for everything else, relative addresses included: an answer has no place to be relative to. */
export function linkTarget(written: string): LinkTarget | null {
  const address = written.trim();
  if (address.length > bounds.linkCharacters || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (!schemes.has(url.protocol)) return null;
  const place = url.protocol === 'mailto:' ? decodedPath(url) : url.host;
  return place === '' ? null : { url: url.href, place };
}

function decodedPath({ pathname }: URL): string {
  // Decoded, a mail address could hold what changes the direction of writing.
  return pathname.replaceAll('%40', '@');
}
