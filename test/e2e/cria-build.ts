/** The app with Cria in the place of the built-in model: docs/decisions/0035-cria-on-the-cpu.md. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { serveBuiltApp } from '../../scripts/serving.mjs';
import { criaGguf } from '../fixtures/cria-gguf.ts';
import { dist } from './static-host.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const criaDist = path.join(root, 'dist-cria');
const stamp = path.join(criaDist, 'built-beside');

/** Playwright's global set-up; tests find the address by `criaUrl`. */
export default async function serveCriaBuild(): Promise<() => Promise<void>> {
  await buildWithCria();
  const { url, close } = await serveBuiltApp({ port: 0, folder: criaDist });
  process.env['CORRAL_CRIA_URL'] = url.replace(/\/$/, '');
  return close;
}

export function criaUrl(): string {
  return process.env['CORRAL_CRIA_URL'] ?? '';
}

/** Unless it was built beside the app's present build. */
async function buildWithCria(): Promise<void> {
  const beside = await readFile(path.join(dist, 'service-worker.js')).then(sha256);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === beside) return;
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--outDir', criaDist, '--emptyOutDir', '--logLevel', 'error'];
  const builtIn = path.join(root, 'test/fixtures/cria-built-in.ts');
  // The test runner's own value would make a build for tests.
  const env = { ...process.env, NODE_ENV: 'production', CORRAL_TEST_BUILT_IN: builtIn };
  await promisify(execFile)(process.execPath, args, { cwd: root, env });
  const models = path.join(criaDist, 'models');
  await rm(path.join(models, 'SmolLM2-135M-Instruct.Q4_1.gguf'));
  await writeFile(path.join(models, 'cria.gguf'), Buffer.from(await criaGguf().arrayBuffer()));
  await writeFile(stamp, beside);
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
