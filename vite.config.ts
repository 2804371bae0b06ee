/** Build, servers and unit tests. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { securityHeaders } from './security-headers.ts';

export default defineConfig({
  // Relative addresses: the build works under any sub-path.
  base: './',
  // A missing file is a 404, not the app's page: a model must never turn out to be HTML.
  appType: 'mpa',
  plugins: [svelte({ configFile: false }), securityHeaders()],
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 7000 },
  worker: { format: 'es' },
  test: { include: ['test/unit/**/*.test.ts'] },
});
