// How Firefox is launched here: the stock browser, which Playwright drives over WebDriver BiDi.
import os from 'node:os';

/** Firefox has no WebGPU on Linux by itself, and blocks the software adapters of machines without a GPU. */
const webGpuPreferences = {
  'dom.webgpu.enabled': true,
  'dom.webgpu.workers.enabled': true,
  'gfx.webgpu.ignore-blocklist': true,
};

/** Clicks reach frames of other sites then, but nothing of a page that is below the window's edge. */
const frameEvents = {
  'remote.events.async.mouse.enabled': true,
  'remote.events.async.wheel.enabled': true,
};

/**
 * @param {object} options
 * @param {string} options.executablePath
 * @param {boolean} [options.webGpu] With whatever adapter there is; else without any, wherever it runs.
 * @param {boolean} [options.reachesFrames] For pages that embed others.
 * @param {number} [options.cores] That pages are told of.
 */
export function firefoxOptions({
  executablePath,
  webGpu = false,
  reachesFrames = false,
  cores = os.availableParallelism(),
}) {
  return {
    channel: 'moz-firefox',
    executablePath,
    firefoxUserPrefs: {
      ...(webGpu ? webGpuPreferences : { 'dom.webgpu.enabled': false }),
      // As people have it: storage is kept apart for every site. Playwright turns that off.
      'network.cookie.cookieBehavior': 5,
      ...(reachesFrames ? frameEvents : {}),
      // Firefox counts cores that this process may not use; a thread too many stalls the CPU engine.
      'dom.maxHardwareConcurrency': cores,
    },
  };
}
