/** Playwright's global set-up: makes the builds for tests, and serves the one with Cria, for runs that need them. */
import process from 'node:process';
import { serveBuiltApp } from '../../scripts/serving.mjs';
import { criaDist, makeTestBuilds } from './test-builds.ts';

export default async function serveTestBuilds(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['CORRAL_TEST_BUILDS'] === 'none') return undefined;
  await makeTestBuilds();
  const { url, close } = await serveBuiltApp({ port: 0, folder: criaDist });
  // Where tests find it: see `criaUrl`.
  process.env['CORRAL_CRIA_URL'] = url.replace(/\/$/, '');
  return close;
}
