/** Builds the app as somebody does who lets only some sites embed it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');

/** `embedders` as the environment variable has them. */
export async function buildFor(embedders: string): Promise<{
  readonly folder: string;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'corral-narrowed-'));
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'];
  // The test runner's own would make a build for tests.
  const environment = { ...process.env, NODE_ENV: 'production', CORRAL_EMBEDDERS: embedders };
  await promisify(execFile)(process.execPath, args, { cwd: root, env: environment });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
