// How Chromium is launched here, by the scripts and by Playwright's test runner alike.

/** A software adapter, for machines without a GPU. */
const webGpuArgs = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** The page's language, on which the labels depend that a driver looks for. */
export const locale = 'en-GB';

/**
 * Chromium's new headless mode, which is the real browser: Playwright passes `--headless`, and only
 * its separate headless shell, never taken here, is the old mode. Playwright also turns the sandbox
 * off, without which Chromium does not start as root; only the project's own pages are loaded.
 * @param {object} options
 * @param {string} [options.executablePath] Playwright's own Chromium without it.
 * @param {boolean} [options.webGpu] With a software WebGPU adapter; without one there is no adapter.
 * @returns {{ args: string[], executablePath: string } | { args: string[], channel: string }}
 */
export function chromiumOptions({ executablePath, webGpu = false }) {
  const args = webGpu ? webGpuArgs : [];
  return executablePath === undefined ? { args, channel: 'chromium' } : { args, executablePath };
}
