// Reads facts about a GPU: in a page, and from the driver's own program.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Runs in the page.
 * @returns {Promise<{ vendor: string, architecture: string, description: string, features: string[], limits:
 * Record<string, number> } | null>} Null if there is no adapter.
 */
export async function readAdapterInPage() {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const { vendor, architecture, description } = adapter.info;
  const { limits } = adapter;
  return {
    vendor,
    architecture,
    description,
    features: [...adapter.features].sort(),
    limits: {
      maxBufferSize: limits.maxBufferSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    },
  };
}

/**
 * The memory in use on all NVIDIA GPUs of this machine.
 * @returns {Promise<number | null>} In MiB; null without NVIDIA's driver.
 */
export async function gpuMemoryMib() {
  const args = ['--query-gpu=memory.used', '--format=csv,noheader,nounits'];
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', args);
    return stdout
      .trim()
      .split('\n')
      .map(Number)
      .reduce((sum, used) => sum + used, 0);
  } catch {
    return null;
  }
}
