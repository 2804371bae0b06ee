// `npm run bench -- size`: how much JavaScript comes over the wire before the composer takes a key.
import { gzipSync } from 'node:zlib';
import { openApp } from '../scripts/app-session.mjs';
import { buildApp } from '../scripts/serving.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';

const limitBytes = 70_000;

export default async function benchSize() {
  await provideModels();
  await buildApp();
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
    const js_gzip_bytes = sum((body) => gzipSync(body).length);
    return {
      bench: 'size',
      scripts: scripts.size,
      js_bytes: sum((body) => body.length),
      js_gzip_bytes,
      limit_gzip_bytes: limitBytes,
      within_limit: js_gzip_bytes <= limitBytes,
    };
  } finally {
    await session.close();
  }
}
