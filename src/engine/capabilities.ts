/** Looks at what this device and this browser can run. */
import type { Capabilities, Gpu } from '../core/choose-engine';
import { deviceSigns, isMobile } from '../core/device';

export async function readCapabilities(): Promise<Capabilities> {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return {
    gpu: await readGpu(),
    crossOriginIsolated: globalThis.crossOriginIsolated,
    cores: navigator.hardwareConcurrency || 1,
    isMobile: isMobile(deviceSigns(navigator)),
    ...(deviceMemory === undefined ? {} : { deviceMemoryGb: deviceMemory }),
  };
}

async function readGpu(): Promise<Gpu> {
  if (!navigator.gpu) return { state: isSecureContext ? 'no-webgpu' : 'insecure' };
  // Rejects where a policy forbids WebGPU; to the visitor that is the same as having no GPU.
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
