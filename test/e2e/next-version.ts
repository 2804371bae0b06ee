/** A build of the same app in which every script differs, as in a next version. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, loadConfigFromFile, type Plugin } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

/** Adds its name to every chunk, so that names and hashes change. */
function mark(version: string): Plugin {
  return {
    name: 'mark-version',
    renderChunk: (code) => ({
      code: `${code}\nglobalThis.corralVersion = '${version}';`,
      map: null,
    }),
  };
}

export async function buildNextVersion(
  version: string,
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const loaded = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    path.join(root, 'vite.config.ts'),
  );
  if (!loaded) throw new Error('vite.config.ts cannot be read');
  const { config } = loaded;
  const workerPlugins = config.worker?.plugins;
  const folder = await mkdtemp(path.join(tmpdir(), 'corral-next-'));
  await build({
    ...config,
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [...(config.plugins ?? []), mark(version)],
    worker: { ...config.worker, plugins: () => [...(workerPlugins?.() ?? []), mark(version)] },
    build: { ...config.build, outDir: folder, emptyOutDir: true },
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
