/** Watches the GPU device that a library creates. */
import { AppError } from '../../src/protocol/errors';

/** Rejects with `gpu-unavailable` if there is no adapter. */
export async function requireAdapter(): Promise<void> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new AppError('gpu-unavailable');
}

/**
 * Runs the work and reports when a device created during it is lost, then or later, for any cause, its own
 * `destroy()` included. The device is created inside WebLLM's runtime, so this wraps the only call that can
 * create one.
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
