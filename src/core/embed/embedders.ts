/**
 * Which sites may embed the widget. The host of Corral can restrict them at build time with the environment
 * variable `CORRAL_EMBEDDERS`: origins separated by spaces, as in a policy's `frame-ancestors`.
 */
export function allowedEmbedders(given: string): readonly string[] {
  const origins = given.split(/\s+/).filter((origin) => origin !== '');
  return origins.length > 0 ? origins : anyEmbedder;
}

/** The default: any site. */
export const anyEmbedder: readonly string[] = ['*'];

/** `origin` comes from the browser; the opaque origin `null` is refused. */
export function mayEmbed(origin: string, embedders: readonly string[]): boolean {
  // Not `URL.parse`, which Safari 17 does not have.
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin || !/^https?:$/.test(url.protocol)) return false;
  return embedders.some((pattern) => pattern === '*' || matches(url, pattern));
}

/**
 * Whether every page around a frame may embed it: the sender's `origin`, and `ancestors`, nearest first, as far
 * as the browser reports them. For a frame without a referrer, such as the widget's, Firefox reports `null` for
 * its parent and for ancestors of the same origin (HTML, "ancestor origins list"). A host's `frame-ancestors`
 * header checks all of them.
 */
export function mayAllEmbed(
  origin: string,
  ancestors: readonly string[],
  embedders: readonly string[],
): boolean {
  const hidesSome = ancestors[0] === 'null';
  const visible = hidesSome ? ancestors.filter((one) => one !== 'null') : ancestors;
  return [origin, ...visible].every((one) => mayEmbed(one, embedders));
}

/** Patterns: `https://example.org`, `https://*.example.org`, `http://localhost:*`. */
function matches(url: URL, pattern: string): boolean {
  const parts = /^(https?:)\/\/(\*\.)?([^:/*]+)(?::(\d+|\*))?$/.exec(pattern);
  if (!parts) return false;
  const [, protocol, isWild, host, port = ''] = parts;
  const isHost = isWild ? url.hostname.endsWith(`.${host}`) : url.hostname === host;
  return url.protocol === protocol && isHost && (port === '*' || url.port === port);
}

/** The site's name as shown; `http://` is kept, so that an insecure page is seen. */
export function siteName(origin: string): string {
  return origin.replace(/^https:\/\//, '');
}
