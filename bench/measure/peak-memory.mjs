// The memory of all processes of a browser, read from Linux's /proc.
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** The share of one core's time that sampling may take. */
const effort01 = 0.2;

/**
 * Does the work and samples the browser's memory meanwhile. Memory is the sum of the proportional set sizes
 * (PSS) of the browser's processes, which counts shared memory once.
 * @template T
 * @param {number} browserPid Chromium's first process, whose group contains all others.
 * @param {() => Promise<T>} work
 * @returns {Promise<{ result: T, peakMb: number }>} The peak growth of the memory during the work, in MB (10^6
 * bytes).
 */
export async function watchMemory(browserPid, work) {
  const before = await memoryBytes(browserPid);
  let peak = before;
  let isOver = false;
  const watch = async () => {
    while (!isOver) {
      const startMs = performance.now();
      peak = Math.max(peak, await memoryBytes(browserPid));
      await pause((performance.now() - startMs) * (1 / effort01 - 1));
    }
    peak = Math.max(peak, await memoryBytes(browserPid));
  };
  const watching = watch();
  try {
    const result = await work();
    isOver = true;
    await watching;
    return { result, peakMb: (peak - before) / 1e6 };
  } finally {
    isOver = true;
  }
}

/** @param {number} browserPid */
async function memoryBytes(browserPid) {
  const pids = await processGroup(browserPid);
  if (pids.length === 0) throw new Error('the browser has ended');
  const sizes = await Promise.all(pids.map(proportionalSetSize));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {number} group */
async function processGroup(group) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const groups = await Promise.all(
    pids.map(async (pid) => {
      const stat = (await readIfAlive(`/proc/${pid}/stat`)) ?? '';
      // proc(5): pid (name) state ppid pgrp …; the name may hold anything.
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    }),
  );
  return pids.filter((_, index) => groups[index] === group);
}

/**
 * @param {string} pid
 * @returns {Promise<number>} Bytes.
 */
async function proportionalSetSize(pid) {
  const sums = await readIfAlive(`/proc/${pid}/smaps_rollup`);
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(sums ?? '')?.[1];
  return Number(kibibytes ?? 0) * 1024;
}

/**
 * @param {string} file
 * @returns {Promise<string | null>} Null if the process has ended meanwhile.
 */
async function readIfAlive(file) {
  try {
    return await readFile(file, 'latin1');
  } catch (error) {
    if (error instanceof Error && /ENOENT|ESRCH/.test(error.message)) return null;
    throw error;
  }
}
