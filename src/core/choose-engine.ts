/** Which models a device can run and which one Corral starts with, each with the reason for it. */
import { builtInModel, type CatalogueModel } from './catalogue';

/** What `engine/capabilities.ts` found; plain data, so that every device can be tested. */
export interface Capabilities {
  readonly gpu: Gpu;
  readonly crossOriginIsolated: boolean;
  readonly cores: number;
  /** Rounded and capped by the browser; absent where it does not tell. */
  readonly deviceMemoryGb?: number;
}

export type Gpu =
  /** `navigator.gpu` is missing: an older browser, or an insecure page. */
  | { readonly state: 'no-webgpu' }
  /** WebGPU is there, but no GPU was handed out: a blocked driver, a virtual machine. */
  | { readonly state: 'no-adapter' }
  | {
      readonly state: 'ready';
      readonly name: string;
      readonly features: readonly string[];
      readonly maxBufferBytes: number;
    };

/** A sentence's key and its figures; `src/i18n` has the words. */
export type Reason =
  | { readonly key: 'no-webgpu' | 'no-adapter' | 'gpu-no-f16' | 'gpu-small-buffers' }
  | { readonly key: 'gpu-ready'; readonly gpu: string }
  | { readonly key: 'cpu-threads'; readonly threads: number }
  | { readonly key: 'cpu-one-thread' };

/** Why this device cannot run the model; null when it can. */
export function obstacle(model: CatalogueModel, { gpu }: Capabilities): Reason | null {
  if (model.engine === 'wllama') return null;
  if (gpu.state !== 'ready') return { key: gpu.state };
  if (model.gpuFeatures.some((feature) => !gpu.features.includes(feature))) {
    return { key: 'gpu-no-f16' };
  }
  return gpu.maxBufferBytes < model.largestBufferBytes ? { key: 'gpu-small-buffers' } : null;
}

/**
 * Threads for the CPU engine: all cores of a two-core machine, else one is left for the page;
 * more than eight gain nothing on so small a model. Shared memory needs cross-origin isolation.
 */
export function cpuThreads({ crossOriginIsolated, cores }: Capabilities): number {
  if (!crossOriginIsolated) return 1;
  return Math.max(1, Math.min(8, cores <= 2 ? cores : cores - 1));
}

export interface Choice {
  readonly model: CatalogueModel;
  readonly reasons: readonly Reason[];
}

/**
 * The model a visitor starts with: always the built-in one, because it answers in the first minute.
 * The reasons say whether a GPU would allow Llama 2, and how fast the CPU engine can run here.
 */
export function chooseModel(capabilities: Capabilities): Choice {
  const { gpu } = capabilities;
  return {
    model: builtInModel,
    reasons: [
      gpu.state === 'ready' ? { key: 'gpu-ready', gpu: gpu.name } : { key: gpu.state },
      cpuReason(capabilities),
    ],
  };
}

function cpuReason(capabilities: Capabilities): Reason {
  if (!capabilities.crossOriginIsolated) return { key: 'cpu-one-thread' };
  return { key: 'cpu-threads', threads: cpuThreads(capabilities) };
}
