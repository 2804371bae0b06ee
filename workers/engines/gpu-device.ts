/** Watches the GPU device that a library makes for itself. */
import { AppError } from '../../src/protocol/errors';

/** Rejects with `gpu-unavailable` where no adapter is handed out. */
export async function requireAdapter(): Promise<void> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new AppError('gpu-unavailable');
}

/**
 * Runs the work and reports when a device that was made during it is lost, then or later, by
 * whatever cause, its own `destroy()` included. The device is made inside WebLLM's runtime, so this
 * wraps the only call that can make one.
 */
export async function watchDevices<T>(
  onLost: (info: GPUDeviceLostInfo) => void,
  work: () => Promise<T>,
): Promise<T> {
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await request.call(this, descriptor);
    void device.lost.then(onLost);
    return device;
  };
  try {
    return await work();
  } finally {
    GPUAdapter.prototype.requestDevice = request;
  }
}
