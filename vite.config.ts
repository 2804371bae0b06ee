/** Build, servers and unit tests. */
import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { buildFacts } from './vite/build-facts.ts';
import { checkedStart } from './vite/checked-start.ts';
import { otherBuiltIn } from './vite/other-built-in.ts';
import { pdfStreamLimit } from './vite/pdf-stream-limit.ts';
import { python } from './vite/python.ts';
import { quickJsClassicScript } from './vite/quickjs-classic-script.ts';
import { securityHeaders } from './vite/security-headers.ts';
import { serviceWorker } from './vite/service-worker.ts';
import { allowedEmbedders } from './src/core/embed/embedders.ts';
import { allowedHosts } from './src/core/models/model-hosts.ts';
import { readModelPins } from './src/core/models/model-pins.ts';
import { webLlmArtifactCache } from './vite/web-llm-artifact-cache.ts';
import { webLlmModels } from './vite/web-llm-models.ts';
import { webLlmCommands } from './vite/web-llm-commands.ts';
import { wllamaKernels } from './vite/wllama-kernels.ts';
import { widget } from './vite/widget.ts';

const {
  CORRAL_MODEL_MIRROR: mirror = '',
  CORRAL_MODEL_HOSTS = '',
  CORRAL_EMBEDDERS = '',
  CORRAL_MODEL_PINS = '',
  // For tests alone: see docs/decisions/0034-cria-on-the-cpu.md.
  CORRAL_TEST_BUILT_IN = '',
} = process.env;
const hosts = allowedHosts({ mirror, hosts: CORRAL_MODEL_HOSTS });
const embedders = allowedEmbedders(CORRAL_EMBEDDERS);
const pins =
  CORRAL_MODEL_PINS === ''
    ? {}
    : readModelPins(JSON.parse(readFileSync(CORRAL_MODEL_PINS, 'utf8')));

/** Shared by the app and the widget's frame, which are built separately. */
const common = (): UserConfig => ({
  // Relative addresses: the build works under any sub-path.
  base: './',
  plugins: [
    // With runes only, Svelte leaves out its code for older components.
    svelte({ configFile: false, compilerOptions: { runes: true } }),
    otherBuiltIn(CORRAL_TEST_BUILT_IN),
    securityHeaders(hosts, embedders),
    webLlmArtifactCache(),
    webLlmModels(),
    webLlmCommands(),
    wllamaKernels(),
    checkedStart(),
  ],
  define: {
    'import.meta.env.MODEL_HOSTS': JSON.stringify(hosts),
    'import.meta.env.MODEL_MIRROR': JSON.stringify(mirror),
    'import.meta.env.MODEL_PINS': JSON.stringify(pins),
    'import.meta.env.EMBEDDERS': JSON.stringify(embedders),
  },
  build: {
    target: 'es2023',
    // `light-dark()` is newer than the oldest browsers that `public/check-browser.js` accepts.
    cssTarget: ['chrome116', 'firefox125', 'safari17.4'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 7000,
  },
  worker: {
    format: 'es',
    plugins: () => [
      webLlmArtifactCache(),
      webLlmCommands(),
      quickJsClassicScript(),
      pdfStreamLimit(),
    ],
    // One file each: a worker's policy lets it load no other.
    rolldownOptions: { output: { codeSplitting: false } },
  },
});

const { plugins = [], ...shared } = common();

const unitTests = 'test/unit/**/*.test.ts';
const mockingTests = 'test/unit/**/*.mocked.test.ts';

export default defineConfig({
  ...shared,
  // A missing file is a 404, not the app's page: a model must never turn out to be HTML.
  appType: 'mpa',
  plugins: [...plugins, buildFacts(), python(), widget(common), serviceWorker()],
  build: {
    ...shared.build,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every visit needs is one file: in many small ones it is larger, and takes more requests.
          groups: [
            {
              name: 'first-load',
              tags: ['$initial'],
              // The entry stays a file of its own: its address tells which version of the app a page runs.
              test: (id) => !/\/(?:index\.html|src\/main\.ts)$/.test(id),
            },
          ],
        },
      },
    },
  },
  // Not bundled in development, so that the plugin sees it there too.
  optimizeDeps: { exclude: ['@mlc-ai/web-llm'] },
  test: {
    // For busy machines; only a test that hangs waits this long.
    testTimeout: 60_000,
    // All cores: by default Vitest leaves one free, which is half of a small machine.
    maxWorkers: '100%',
    // A process for each file takes longer than the tests; files that replace modules need it.
    projects: [
      { test: { name: 'unit', include: [unitTests], exclude: [mockingTests], isolate: false } },
      { test: { name: 'mocked', include: [mockingTests] } },
    ].map((project) => ({ extends: true, ...project })),
  },
});
