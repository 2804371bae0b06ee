/** Slows a GPU engine down, for what has to happen while it writes: Cria's answers take less than half a second. */
import type { Worker } from 'playwright/test';

/** From now on each read from the GPU, one for a token, takes that much longer in the engine's worker. */
export async function delayReads(worker: Worker, delayMs: number): Promise<void> {
  await worker.evaluate((ms) => {
    const scope = globalThis as { readNow?: typeof GPUBuffer.prototype.mapAsync };
    const readNow = (scope.readNow ??= GPUBuffer.prototype.mapAsync);
    GPUBuffer.prototype.mapAsync = async function (this: GPUBuffer, ...range) {
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      return readNow.apply(this, range);
    };
  }, delayMs);
}
