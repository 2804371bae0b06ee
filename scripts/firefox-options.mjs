// Launch options of Firefox: the stock browser, which Playwright drives over WebDriver BiDi.
import os from 'node:os';

/** On Linux, Firefox has WebGPU off, and blocks the software adapters of machines without a GPU. */
const webGpuPreferences = {
  'dom.webgpu.enabled': true,
  'dom.webgpu.workers.enabled': true,
  'gfx.webgpu.ignore-blocklist': true,
};

/** Clicks then reach frames of other sites, but nothing below the window's edge. */
const frameEvents = {
  'remote.events.async.mouse.enabled': true,
  'remote.events.async.wheel.enabled': true,
};

/**
 * @param {object} options
 * @param {string} options.executablePath
 * @param {boolean} [options.webGpu] With whatever adapter there is; default: none.
 * @param {boolean} [options.reachesFrames] For pages that embed other sites.
 * @param {number} [options.cores] The number of cores that pages see.
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
      // Firefox's default, which partitions storage by site; Playwright turns it off.
      'network.cookie.cookieBehavior': 5,
      ...(reachesFrames ? frameEvents : {}),
      // Firefox also counts cores that this process may not use, and one thread too many stalls the CPU engine.
      'dom.maxHardwareConcurrency': cores,
    },
  };
}
