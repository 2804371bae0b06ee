// `npm run bench -- size`: the size of all JavaScript that is loaded before the composer takes a key.
import { buildApp } from '../scripts/serving.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { limits, measureFirstLoad } from './measure/first-load.mjs';

export default async function benchSize() {
  await provideModels();
  await buildApp();
  const { scripts, bytes, gzipBytes } = await measureFirstLoad();
  const limitBytes = limits.first_load_js_kb_gzip * 1000;
  return {
    bench: 'size',
    scripts,
    js_bytes: bytes,
    js_gzip_bytes: gzipBytes,
    limit_gzip_bytes: limitBytes,
    within_limit: gzipBytes <= limitBytes,
  };
}
