// Builds and serves the page with the scripted answer, separate from the app.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inProject, projectFolder } from '../../scripts/project.mjs';

/** Plugins that run after the app's build on files that this page does not have. */
const behindTheApp = new Set(['corral-service-worker', 'corral-widget', 'corral-checked-start']);

/**
 * Uses the app's own configuration, so that code, chunks and headers are as in the app.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveStreamPage() {
  const { build, loadConfigFromFile, preview } = await import('vite');
  const loaded = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    inProject('vite.config.ts'),
  );
  if (!loaded) throw new Error('vite.config.ts cannot be read');
  const { config } = loaded;
  const plugins = /** @type {import('vite').Plugin[]} */ (config.plugins?.flat() ?? []);
  const outDir = await mkdtemp(path.join(tmpdir(), 'corral-stream-page-'));
  const environment = process.env['NODE_ENV'];
  try {
    await build({
      ...config,
      configFile: false,
      plugins: plugins.filter(({ name }) => !behindTheApp.has(name)),
      root: projectFolder,
      logLevel: 'error',
      publicDir: false,
      build: {
        ...config.build,
        outDir,
        emptyOutDir: true,
        rolldownOptions: { input: inProject('bench', 'stream-page', 'index.html') },
      },
    });
  } finally {
    // Vite sets it to production; test runners started from here must not inherit that.
    if (environment === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = environment;
  }
  const server = await preview({
    root: projectFolder,
    logLevel: 'warn',
    build: { outDir },
    preview: { port: 0, host: 'localhost', strictPort: false, open: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the preview server has no local address');
  return {
    url: `${url}bench/stream-page/index.html`,
    close: async () => {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
