// How much JavaScript comes over the wire before the composer takes a key; needs a build.
import { gzipSync } from 'node:zlib';
import { openApp } from '../../scripts/app-session.mjs';

/** Kilobytes of a thousand bytes. */
export const limits = { first_load_js_kb_gzip: 70 };

/** @returns {Promise<{ scripts: number, bytes: number, gzipBytes: number }>} */
export async function readFirstLoad() {
  const session = await openApp();
  try {
    const { page, app } = session;
    /** @type {Map<string, Promise<Buffer>>} */
    const scripts = new Map();
    page.on('response', (response) => {
      if (/javascript/.test(response.headers()['content-type'] ?? '')) {
        scripts.set(response.url(), response.body());
      }
    });
    // A page with a route has no HTTP cache: everything comes over the wire again.
    await page.route('**/*', (route) => route.continue());
    await page.reload();
    await app.composer.press('a');
    const bodies = await Promise.all(scripts.values());
    if (bodies.length === 0) throw new Error('the page loaded no script');
    const sum = (/** @type {(body: Buffer) => number} */ size) =>
      bodies.reduce((total, body) => total + size(body), 0);
    return {
      scripts: scripts.size,
      bytes: sum((body) => body.length),
      gzipBytes: sum((body) => gzipSync(body).length),
    };
  } finally {
    await session.close();
  }
}

/** @returns {Promise<Record<string, number>>} */
export async function measure() {
  const { gzipBytes } = await readFirstLoad();
  return { first_load_js_kb_gzip: Math.round(gzipBytes / 100) / 10 };
}
