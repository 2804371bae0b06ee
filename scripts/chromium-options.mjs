// Launch options of Chromium, for the scripts and for Playwright's test runner.
import { ForeseenError } from './foreseen-error.mjs';
import { findLavapipe } from './set-up/lavapipe-places.mjs';

/**
 * `software` is SwiftShader, which comes with Chromium and has no 16-bit floats; `lavapipe` is several times as
 * fast and has them, and is in a copy of Chromium (`scripts/set-up/lavapipe.mjs`).
 * @typedef {'software' | 'lavapipe' | 'hardware'} WebGpuAdapter
 */

const swiftShaderArgs = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/**
 * On Linux, Chromium looks for a WebGPU GPU only if it draws with Vulkan. Without a display it gives up Vulkan
 * in the first second, and WebGPU's connection with it, unless Vulkan is not started for drawing
 * (docs/decisions/0010-real-gpu.md). On other systems it finds the GPU by itself.
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
 * For each page, Chromium prepares windows of its address field, which take a tenth of a core. This switch
 * replaces Playwright's own, so Playwright's relevant features come first.
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

/** The page's language: drivers find elements by labels in it. */
export const locale = 'en-GB';

/**
 * @returns {WebGpuAdapter} The value of CORRAL_WEBGPU; by default a software adapter, which needs no GPU.
 * @throws {ForeseenError} If the value is unknown.
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
 * Chromium's new headless mode, which is the real browser: Playwright passes `--headless`, and only its
 * separate headless shell, which is not used here, is the old mode. Playwright also disables the sandbox, since
 * Chromium does not start as root otherwise; only the project's own pages are loaded.
 * @param {object} options
 * @param {string} [options.executablePath] Default: Playwright's own Chromium.
 * @param {boolean | WebGpuAdapter} [options.webGpu] `true` is the adapter that `webGpuAdapter` names; default:
 * none.
 * @returns {{ args: string[], executablePath: string } | { args: string[], channel: string }}
 * @throws {ForeseenError} If the adapter is lavapipe, and that has not been set up.
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
