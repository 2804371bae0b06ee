// Processor time of a browser's processes, from Linux's scheduler: waiting and other processes do not count.
import { readdirSync, readFileSync } from 'node:fs';

/**
 * @param {import('playwright').Browser} browser
 * @returns What reads the milliseconds so far: of the GPU's process, and of all pages together, workers included.
 */
export async function watchProcessorTime(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pids = (/** @type {string} */ wanted) =>
    processInfo.filter(({ type }) => type === wanted).map(({ id }) => id);
  const [gpu, pages] = [pids('GPU'), pids('renderer')];
  return () => ({ gpuMs: sumOf(gpu), pagesMs: sumOf(pages) });
}

/** @param {readonly number[]} pids */
const sumOf = (pids) => pids.reduce((sum, pid) => sum + processMs(pid), 0);

/** @param {number} pid */
function processMs(pid) {
  const folder = `/proc/${pid}/task`;
  return readdirSync(folder).reduce((sum, thread) => {
    try {
      return (
        sum + Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6
      );
    } catch {
      return sum; // it has ended meanwhile
    }
  }, 0);
}
