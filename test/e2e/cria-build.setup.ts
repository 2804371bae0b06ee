/** Playwright's global set-up: builds and serves the app with Cria, for runs with a test that needs it. */
import process from 'node:process';
import { serveBuiltApp } from '../../scripts/serving.mjs';
import { buildWithCria, criaDist } from './cria-build.ts';

export default async function serveCriaBuild(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['CORRAL_TEST_CRIA_BUILD'] === 'none') return undefined;
  await buildWithCria();
  const { url, close } = await serveBuiltApp({ port: 0, folder: criaDist });
  // Where tests find it: see `criaUrl`.
  process.env['CORRAL_CRIA_URL'] = url.replace(/\/$/, '');
  return close;
}
