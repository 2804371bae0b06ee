/**
 * Which sites may embed the widget. Whoever hosts Corral can narrow it at build time, by the environment
 * variable `CORRAL_EMBEDDERS`: origins with spaces between them, as in a policy's `frame-ancestors`.
 */
export function allowedEmbedders(given: string): readonly string[] {
  const origins = given.split(/\s+/).filter((origin) => origin !== '');
  return origins.length > 0 ? origins : anyEmbedder;
}

/** Unless somebody narrows it, any site. */
export const anyEmbedder: readonly string[] = ['*'];

/** `origin` is what the browser says; a document without one (`null`) is nobody. */
export function mayEmbed(origin: string, embedders: readonly string[]): boolean {
  // Not `URL.parse`, which Safari 17 does not have.
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin || !/^https?:$/.test(url.protocol)) return false;
  return embedders.some((pattern) => pattern === '*' || matches(url, pattern));
}

/**
 * Whether every page around a frame may embed it: the one that `origin` is told of with its message, and
 * `ancestors`, the nearest first, as far as the browser tells them. A frame that sends no referrer, as the
 * widget's, is told `null` by Firefox for the page around it, and for what is around that from the same
 * origin (HTML, "ancestor origins list"). A host's `frame-ancestors` look at all of them.
 */
export function mayAllEmbed(
  origin: string,
  ancestors: readonly string[],
  embedders: readonly string[],
): boolean {
  const hidesSome = ancestors[0] === 'null';
  const told = hidesSome ? ancestors.filter((one) => one !== 'null') : ancestors;
  return [origin, ...told].every((one) => mayEmbed(one, embedders));
}

/** `https://example.org`, `https://*.example.org`, `http://localhost:*`. */
function matches(url: URL, pattern: string): boolean {
  const parts = /^(https?:)\/\/(\*\.)?([^:/*]+)(?::(\d+|\*))?$/.exec(pattern);
  if (!parts) return false;
  const [, protocol, isWild, host, port = ''] = parts;
  const isHost = isWild ? url.hostname.endsWith(`.${host}`) : url.hostname === host;
  return url.protocol === protocol && isHost && (port === '*' || url.port === port);
}

/** As a person reads it; that a page is not secure is not left out. */
export function siteName(origin: string): string {
  return origin.replace(/^https:\/\//, '');
}
