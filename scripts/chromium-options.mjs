// How Chromium is launched here, by the scripts and by Playwright's test runner alike.
import { ForeseenError } from './foreseen-error.mjs';

/** @typedef {'software' | 'hardware'} WebGpuAdapter */

/**
 * On Linux, Chromium looks for a GPU for WebGPU only where it draws with Vulkan, and where no window can be
 * drawn it gives that up in the first second, and WebGPU's connection with it, unless it does not begin
 * (docs/decisions/0010-real-gpu.md). Elsewhere it finds the GPU by itself.
 * @type {Readonly<Record<WebGpuAdapter, readonly string[]>>}
 */
const webGpuArgs = {
  software: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
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

/** The page's language, on which the labels depend that a driver looks for. */
export const locale = 'en-GB';

/**
 * @returns {WebGpuAdapter} What CORRAL_WEBGPU says; without it a software adapter, which needs no GPU.
 * @throws {ForeseenError} Where it says something else.
 */
export function webGpuAdapter() {
  const wanted = process.env['CORRAL_WEBGPU'] || 'software';
  if (wanted === 'software' || wanted === 'hardware') return wanted;
  throw new ForeseenError(`CORRAL_WEBGPU is "${wanted}"; it can be software or hardware.`, {
    exitCode: 2,
  });
}

/**
 * Chromium's new headless mode, which is the real browser: Playwright passes `--headless`, and only
 * its separate headless shell, never taken here, is the old mode. Playwright also turns the sandbox
 * off, without which Chromium does not start as root; only the project's own pages are loaded.
 * @param {object} options
 * @param {string} [options.executablePath] Playwright's own Chromium without it.
 * @param {boolean} [options.webGpu] With the adapter that `webGpuAdapter` names; else there is none.
 * @returns {{ args: string[], executablePath: string } | { args: string[], channel: string }}
 */
export function chromiumOptions({ executablePath, webGpu = false }) {
  const args = webGpu ? [...webGpuArgs[webGpuAdapter()]] : [];
  return executablePath === undefined ? { args, channel: 'chromium' } : { args, executablePath };
}
