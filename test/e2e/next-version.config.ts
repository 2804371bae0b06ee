/** Vite's configuration for a build of the same app in which every script differs, as in a next version. */
import type { Plugin } from 'vite';
import config from '../../vite.config.ts';

/** Added to every chunk, so that names and hashes change. */
const mark: Plugin = {
  name: 'mark-version',
  renderChunk: (code) => ({ code: `${code}\nglobalThis.corralVersion = 'next';`, map: null }),
};
const { plugins = [], worker } = config;

export default {
  ...config,
  plugins: [...plugins, mark],
  worker: { ...worker, plugins: () => [...(worker?.plugins?.() ?? []), mark] },
};
