/** Reads what this device and this browser can run. */
import { type Capabilities, certainCores, type Gpu } from '../core/models/choose-engine';
import { deviceSigns, isMobile } from '../core/device';

export async function readCapabilities(): Promise<Capabilities> {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return {
    gpu: await readGpu(),
    crossOriginIsolated: globalThis.crossOriginIsolated,
    sharedMemory: hasSharedMemory(),
    // Only Chromium, which has `userAgentData`, is known to report the exact count.
    cores: certainCores(navigator.hardwareConcurrency || 1, 'userAgentData' in navigator),
    isMobile: isMobile(deviceSigns(navigator)),
    ...(deviceMemory === undefined ? {} : { deviceMemoryGb: deviceMemory }),
  };
}

/** WebKitGTK reports that it is isolated, but has no shared memory. */
function hasSharedMemory(): boolean {
  if (!globalThis.crossOriginIsolated || !('SharedArrayBuffer' in globalThis)) return false;
  try {
    const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    return buffer instanceof SharedArrayBuffer;
  } catch {
    return false;
  }
}

async function readGpu(): Promise<Gpu> {
  if (!navigator.gpu) return { state: isSecureContext ? 'no-webgpu' : 'insecure' };
  // Rejects if a policy forbids WebGPU. For the visitor this is the same as having no GPU.
  const adapter = await navigator.gpu
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  if (!adapter) return { state: 'no-adapter' };
  const { description, device, architecture, vendor } = adapter.info;
  return {
    state: 'ready',
    name: description || device || [vendor, architecture].filter(Boolean).join(' ') || 'GPU',
    features: [...adapter.features],
    maxBufferBytes: adapter.limits.maxBufferSize,
    maxBindingBytes: adapter.limits.maxStorageBufferBindingSize,
  };
}
