/** Builds the app for a host that allows only some sites to embed it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');

/** `embedders` in the form of the environment variable. */
export async function buildFor(embedders: string): Promise<{
  readonly folder: string;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'corral-narrowed-'));
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'];
  // The test runner's own value would make a build for tests.
  const environment = { ...process.env, NODE_ENV: 'production', CORRAL_EMBEDDERS: embedders };
  await promisify(execFile)(process.execPath, args, { cwd: root, env: environment });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
