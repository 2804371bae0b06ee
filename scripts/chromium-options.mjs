// How Chromium is launched here, by the scripts and by Playwright's test runner alike.
import { ForeseenError } from './foreseen-error.mjs';
import { findLavapipe } from './set-up/lavapipe-places.mjs';

/**
 * `software` is SwiftShader, which comes with Chromium and has no 16-bit floats; `lavapipe` is several times
 * as quick and has them, and is in a copy of Chromium (`scripts/set-up/lavapipe.mjs`).
 * @typedef {'software' | 'lavapipe' | 'hardware'} WebGpuAdapter
 */

const swiftShaderArgs = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/**
 * On Linux, Chromium looks for a GPU for WebGPU only where it draws with Vulkan, and where no window can be
 * drawn it gives that up in the first second, and WebGPU's connection with it, unless it does not begin
 * (docs/decisions/0010-real-gpu.md). Elsewhere it finds the GPU by itself.
 * @type {Readonly<Record<WebGpuAdapter, readonly string[]>>}
 */
const webGpuArgs = {
  software: swiftShaderArgs,
  // Chromium takes it for SwiftShader.
  lavapipe: swiftShaderArgs,
  hardware: [
    '--enable-unsafe-webgpu',
    '--ignore-gpu-blocklist',
    ...(process.platform === 'linux'
      ? [
          '--enable-features=Vulkan',
          '--use-angle=vulkan',
          '--disable-vulkan-surface',
          '--disable-gpu-compositing',
        ]
      : []),
  ],
};

/**
 * Chromium prepares windows of its own address field for each page, which take a tenth of a core. This switch
 * replaces Playwright's own, whose features that matter here come first.
 */
const disabledFeatures = [
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'BlockOriginHeaderModificationOnRedirect',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'Translate',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** The page's language, on which the labels depend that a driver looks for. */
export const locale = 'en-GB';

/**
 * @returns {WebGpuAdapter} What CORRAL_WEBGPU says; without it a software adapter, which needs no GPU.
 * @throws {ForeseenError} Where it says something else.
 */
export function webGpuAdapter() {
  const wanted = process.env['CORRAL_WEBGPU'] || 'software';
  if (wanted === 'software' || wanted === 'lavapipe' || wanted === 'hardware') return wanted;
  throw new ForeseenError(
    `CORRAL_WEBGPU is "${wanted}"; it can be software, lavapipe or hardware.`,
    { exitCode: 2 },
  );
}

/**
 * Chromium's new headless mode, which is the real browser: Playwright passes `--headless`, and only
 * its separate headless shell, never taken here, is the old mode. Playwright also turns the sandbox
 * off, without which Chromium does not start as root; only the project's own pages are loaded.
 * @param {object} options
 * @param {string} [options.executablePath] Playwright's own Chromium without it.
 * @param {boolean | WebGpuAdapter} [options.webGpu] `true` is the adapter that `webGpuAdapter` names; else there
 *   is none.
 * @returns {{ args: string[], executablePath: string } | { args: string[], channel: string }}
 * @throws {ForeseenError} Where the adapter is to be lavapipe, and that has not been set up.
 */
export function chromiumOptions({ executablePath, webGpu = false }) {
  const adapter = webGpu === true ? webGpuAdapter() : webGpu;
  const args = [
    `--disable-features=${disabledFeatures.join()}`,
    ...(adapter ? webGpuArgs[adapter] : []),
  ];
  if (adapter === 'lavapipe') return { args, executablePath: lavapipeProgram(executablePath) };
  return executablePath === undefined ? { args, channel: 'chromium' } : { args, executablePath };
}

/** @param {string | undefined} executablePath */
function lavapipeProgram(executablePath) {
  const program = findLavapipe(executablePath);
  if (program !== null) return program;
  throw new ForeseenError(
    'There is no lavapipe for this Chromium; `node scripts/set-up/lavapipe.mjs` fetches it.',
  );
}
