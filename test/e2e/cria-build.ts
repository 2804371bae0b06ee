/** The app with Cria in the place of the built-in model: docs/decisions/0034-cria-on-the-cpu.md. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { criaGguf } from '../fixtures/cria-gguf.ts';
import { dist } from './static-host.ts';

const root = path.resolve(import.meta.dirname, '../..');
const builtIn = path.join(root, 'test/fixtures/cria-built-in.ts');
export const criaDist = path.join(root, 'dist-cria');
/** What the app's own build was when this one was made. */
const stamp = path.join(criaDist, 'built-beside');

export function criaUrl(): string {
  const url = process.env['CORRAL_CRIA_URL'];
  if (url === undefined) throw new Error('this run has no build with Cria');
  return url;
}

/** Unless it was built beside the app's present build. */
export async function buildWithCria(): Promise<void> {
  const beside = await hashOfSources();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === beside) return;
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--outDir', criaDist, '--emptyOutDir', '--logLevel', 'error'];
  // The test runner's own value would make a build for tests.
  const env = { ...process.env, NODE_ENV: 'production', CORRAL_TEST_BUILT_IN: builtIn };
  await promisify(execFile)(process.execPath, args, { cwd: root, env });
  const models = path.join(criaDist, 'models');
  await rm(path.join(models, 'SmolLM2-135M-Instruct.Q4_1.gguf'), { force: true });
  await writeFile(path.join(models, 'cria.gguf'), Buffer.from(await criaGguf().arrayBuffer()));
  await writeFile(stamp, beside);
}

/** Of the app's own build, without its models, and of what replaces a part of it. */
async function hashOfSources(): Promise<string> {
  const all = await readdir(dist, { recursive: true, withFileTypes: true });
  const built = all
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter((file) => !file.startsWith(path.join(dist, 'models', path.sep)))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...built, builtIn]) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}
