/**
 * Checks cached files whenever they are read. An engine cannot fetch, but it can write to this origin's caches, and
 * their content becomes the app at the next visit.
 */

/** Browsers accept scripts, styles and pages only with the right type. */
const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  zip: 'application/zip',
};

/**
 * The file if its bytes match the hash (in `integrity` form), else null. Only the bytes are taken from the cache, since
 * a stored header could redirect.
 */
export async function checked(
  kept: Response,
  url: string,
  integrity: string,
): Promise<Response | null> {
  try {
    const bytes = await kept.arrayBuffer();
    if ((await integrityOf(bytes)) !== integrity) return null;
    return new Response(bytes, { headers: { 'Content-Type': typeOf(url) } });
  } catch {
    return null; // unreadable, or already read
  }
}

async function integrityOf(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${btoa(String.fromCharCode(...hash))}`;
}

function typeOf(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  const ending = name === '' ? 'html' : (name.split('.').at(-1) ?? '');
  return types[ending] ?? 'application/octet-stream';
}
