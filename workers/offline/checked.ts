/**
 * Kept files are checked whenever they are read. An engine may fetch nothing, but it can write this origin's caches,
 * and what is in them becomes the app at the next visit.
 */

/** A browser takes a script, a style and a page only for what they are. */
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
 * The file, if its bytes are those of the hash (as `integrity` has it); else null. Nothing but the bytes is taken
 * from what was kept: a header could lead elsewhere too.
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
    return null; // unreadable, or read already
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
