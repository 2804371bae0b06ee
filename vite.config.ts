/** Build, servers and unit tests. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { buildFacts } from './build-facts.ts';
import { securityHeaders } from './security-headers.ts';
import { serviceWorker } from './service-worker-build.ts';
import { allowedHosts } from './src/core/model-hosts.ts';
import { webLlmArtifactCache } from './web-llm-artifact-cache.ts';

const { CORRAL_MODEL_MIRROR: mirror = '', CORRAL_MODEL_HOSTS = '' } = process.env;
const hosts = allowedHosts({ mirror, hosts: CORRAL_MODEL_HOSTS });

export default defineConfig({
  // Relative addresses: the build works under any sub-path.
  base: './',
  // A missing file is a 404, not the app's page: a model must never turn out to be HTML.
  appType: 'mpa',
  plugins: [
    svelte({ configFile: false }),
    securityHeaders(hosts),
    webLlmArtifactCache(),
    buildFacts(),
    serviceWorker(),
  ],
  define: {
    'import.meta.env.MODEL_HOSTS': JSON.stringify(hosts),
    'import.meta.env.MODEL_MIRROR': JSON.stringify(mirror),
  },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 7000 },
  worker: { format: 'es', plugins: () => [webLlmArtifactCache()] },
  // Served as it is in development, so that the plugin sees it there too.
  optimizeDeps: { exclude: ['@mlc-ai/web-llm'] },
  test: { include: ['test/unit/**/*.test.ts'] },
});
