/**
 * Further builds of the app for tests, in `dist-tests/`: with Cria in the place of the built-in model
 * (docs/decisions/0034-cria-on-the-cpu.md), and its next version. They are kept until the app's own build changes.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { criaGguf } from '../fixtures/cria-gguf.ts';
import { dist } from './static-host.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'dist-tests');
const criaDescription = path.join(root, 'test/fixtures/cria-built-in.ts');
const nextConfiguration = path.join(import.meta.dirname, 'next-version.config.ts');

export const criaDist = path.join(folder, 'cria');
/** Every script differs. */
export const nextDist = path.join(folder, 'next');

export function criaUrl(): string {
  const url = process.env['CORRAL_CRIA_URL'];
  if (url === undefined) throw new Error('this run has no builds for tests');
  return url;
}

export async function makeTestBuilds(): Promise<void> {
  const app = await hashOfApp();
  await Promise.all([makeCriaBuild(app), makeNextVersion(app)]);
}

async function makeCriaBuild(app: string): Promise<void> {
  await keptBuild(criaDist, app + (await hashOf([criaDescription])), async () => {
    await buildInto(criaDist, { env: { CORRAL_TEST_BUILT_IN: criaDescription } });
    const models = path.join(criaDist, 'models');
    await rm(path.join(models, 'SmolLM2-135M-Instruct.Q4_1.gguf'), { force: true });
    await writeFile(path.join(models, 'cria.gguf'), Buffer.from(await criaGguf().arrayBuffer()));
  });
}

async function makeNextVersion(app: string): Promise<void> {
  await keptBuild(nextDist, app + (await hashOf([nextConfiguration])), () =>
    buildInto(nextDist, { args: ['--config', nextConfiguration] }),
  );
}

/** @param sources What the folder is made of, as it is remembered beside it. */
async function keptBuild(folder: string, sources: string, make: () => Promise<void>) {
  const stamp = `${folder}.sources`;
  if ((await readFile(stamp, 'utf8').catch(() => '')) === sources) return;
  // A build that is cut short leaves no stamp.
  await rm(stamp, { force: true });
  await make();
  await writeFile(stamp, sources);
}

/** Builds the app into the folder, with further environment variables and arguments for Vite. */
export async function buildInto(
  folder: string,
  { env = {}, args = [] }: { env?: NodeJS.ProcessEnv; args?: readonly string[] },
): Promise<void> {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const all = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error', ...args];
  // The test runner's own value would make a build for tests.
  const environment = { ...process.env, NODE_ENV: 'production', ...env };
  await promisify(execFile)(process.execPath, all, { cwd: root, env: environment });
}

/** Of the app's own build, without its models. */
async function hashOfApp(): Promise<string> {
  const all = await readdir(dist, { recursive: true, withFileTypes: true });
  const built = all
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter((file) => !file.startsWith(path.join(dist, 'models', path.sep)))
    .sort();
  return hashOf(built);
}

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}
