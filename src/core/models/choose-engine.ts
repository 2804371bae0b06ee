/** Decides which models a device can run and which one Corral starts with, with the reasons. */
import { builtInModel } from './built-in';
import { llama2Models } from './llama-2';
import { type CatalogueModel, type GgufModel, ggufLimitBytes, type MlcModel } from './model';

/** The result of `bridge/capabilities.ts`: plain data, so that every device can be tested. */
export interface Capabilities {
  readonly gpu: Gpu;
  readonly crossOriginIsolated: boolean;
  /** Shared memory for threads. It needs isolation, and some browsers lack it even then. */
  readonly sharedMemory: boolean;
  /** The number of cores that the device certainly has. */
  readonly cores: number;
  /** Rounded down and capped at 8 by most browsers; absent if the browser does not report it. */
  readonly deviceMemoryGb?: number;
  /** A phone or a tablet: the GPU shares a small memory with everything else. */
  readonly isMobile: boolean;
}

export type Gpu =
  /** `navigator.gpu` is missing: an older browser. */
  | { readonly state: 'no-webgpu' }
  /** The page came over `http://`, where browsers disable WebGPU. */
  | { readonly state: 'insecure' }
  /** WebGPU exists but offers no GPU: a blocked driver, a virtual machine. */
  | { readonly state: 'no-adapter' }
  | {
      readonly state: 'ready';
      readonly name: string;
      readonly features: readonly string[];
      readonly maxBufferBytes: number;
      /** The largest part of a buffer that one shader may use; on some devices half of the largest buffer. */
      readonly maxBindingBytes: number;
    };

/** The key of a sentence in `src/i18n`, with its values. */
export type Reason =
  | { readonly key: 'no-webgpu' | 'insecure' | 'no-adapter' | 'gpu-no-f16' | 'gpu-small-buffers' }
  | { readonly key: 'too-little-memory'; readonly needBytes: number; readonly haveGb: number }
  | {
      readonly key: 'page-limit' | 'file-limit';
      readonly needBytes: number;
      readonly limitBytes: number;
    }
  | { readonly key: 'gpu-ready'; readonly gpu: string }
  | { readonly key: 'cpu-threads'; readonly threads: number }
  | { readonly key: 'cpu-one-thread' };

/** What a model needs from a device. */
export type Needs =
  | Pick<MlcModel, 'engine' | 'memoryBytes' | 'gpuFeatures' | 'largestBufferBytes'>
  | Pick<GgufModel, 'engine' | 'memoryBytes' | 'file'>;

/** Why this device cannot run the model; null if it can, as far as the browser reports. */
export function incompatibility(model: Needs, capabilities: Capabilities): Reason | null {
  return (
    gpuIncompatibility(model, capabilities) ??
    fileIncompatibility(model) ??
    memoryIncompatibility(model, capabilities) ??
    pageIncompatibility(model, capabilities)
  );
}

function fileIncompatibility(model: Needs): Reason | null {
  if (model.engine !== 'wllama' || model.file.sizeBytes <= ggufLimitBytes) return null;
  return { key: 'file-limit', needBytes: model.file.sizeBytes, limitBytes: ggufLimitBytes };
}

/** A browser that reports 8 GB means 8 or more, so only smaller values count. */
function memoryIncompatibility(
  { memoryBytes }: Needs,
  { deviceMemoryGb: haveGb = 8 }: Capabilities,
): Reason | null {
  if (haveGb >= 8 || memoryBytes <= haveGb * 1024 ** 3) return null;
  return { key: 'too-little-memory', needBytes: memoryBytes, haveGb };
}

/** iPhones and iPads close a page at about this size, whatever memory they have: WebKit bug 268816. */
const applePageBytes = 1.5e9;

/** A phone or a tablet closes a page that uses too much memory, so the download would be useless. */
function pageIncompatibility(
  { memoryBytes: needBytes }: Needs,
  capabilities: Capabilities,
): Reason | null {
  const limitBytes = pageLimitBytes(capabilities);
  return limitBytes !== null && needBytes > limitBytes
    ? { key: 'page-limit', needBytes, limitBytes }
    : null;
}

/** Null if pages have no own limit. */
export function pageLimitBytes({ isMobile, deviceMemoryGb }: Capabilities): number | null {
  if (!isMobile) return null;
  // Only Chromium reports the memory. A page gets half of it; the system needs the rest.
  return deviceMemoryGb === undefined ? applePageBytes : (deviceMemoryGb * 1e9) / 2;
}

function gpuIncompatibility(model: Needs, { gpu }: Capabilities): Reason | null {
  if (model.engine === 'wllama') return null;
  if (gpu.state !== 'ready') return { key: gpu.state };
  if (model.gpuFeatures.some((feature) => !gpu.features.includes(feature))) {
    return { key: 'gpu-no-f16' };
  }
  const usableBytes = Math.min(gpu.maxBufferBytes, gpu.maxBindingBytes);
  return usableBytes < model.largestBufferBytes ? { key: 'gpu-small-buffers' } : null;
}

/**
 * The number of cores that a device certainly has. Safari, and Firefox in private windows, report 4 for any smaller
 * number, and one thread too many slows down all of them.
 */
export function certainCores(reported: number, isExact: boolean): number {
  return reported === 4 && !isExact ? 2 : reported;
}

/**
 * The most threads that the CPU engine has: both cores of a two-core machine, else all but one, which the page uses.
 * More than eight do not speed up so small a model. Each step takes as many of them as are fastest:
 * `vite/wllama-threads.ts`.
 */
export function cpuThreads({
  sharedMemory,
  cores,
}: Pick<Capabilities, 'sharedMemory' | 'cores'>): number {
  if (!sharedMemory) return 1;
  return Math.max(1, Math.min(8, cores <= 2 ? cores : cores - 1));
}

export interface Choice {
  readonly model: CatalogueModel;
  readonly reasons: readonly Reason[];
  /** The Llama that fits this device best; null if none can run. */
  readonly recommended: { readonly model: MlcModel; readonly why: RecommendationReason } | null;
}

export type RecommendationReason = 'phone' | 'little-memory' | 'no-f16' | 'roomy' | 'usual';

/**
 * The model a visitor starts with: always the built-in one, because it answers within a minute. The reasons say
 * whether a GPU would allow Llama 2, and how fast the CPU engine can be here.
 */
export function chooseModel(capabilities: Capabilities): Choice {
  const { gpu } = capabilities;
  return {
    model: builtInModel,
    reasons: [
      gpu.state === 'ready' ? { key: 'gpu-ready', gpu: gpu.name } : { key: gpu.state },
      cpuReason(capabilities),
    ],
    recommended: recommend(capabilities),
  };
}

/** A GPU with buffers this large nearly always has 8 GB of memory, its own or shared. */
export const roomyBufferBytes = 4 * 1024 ** 3 - 4;

function recommend(capabilities: Capabilities): Choice['recommended'] {
  const { gpu, isMobile, deviceMemoryGb = 8 } = capabilities;
  if (gpu.state !== 'ready') return null;
  const hasF16 = gpu.features.includes('shader-f16');
  const { sevenF16, sevenF16Short, sevenF32Short, tinyF16, tinyF32 } = llama2Models;
  const pick = (model: MlcModel, why: RecommendationReason) =>
    incompatibility(model, capabilities) ? null : { model, why };
  const tiny = hasF16 ? tinyF16 : tinyF32;
  if (isMobile) return pick(tiny, 'phone');
  if (deviceMemoryGb < 8) return pick(tiny, 'little-memory');
  if (!hasF16) return pick(sevenF32Short, 'no-f16');
  if (gpu.maxBufferBytes >= roomyBufferBytes) return pick(sevenF16, 'roomy');
  return pick(sevenF16Short, 'usual');
}

function cpuReason(capabilities: Capabilities): Reason {
  if (!capabilities.sharedMemory) return { key: 'cpu-one-thread' };
  return { key: 'cpu-threads', threads: cpuThreads(capabilities) };
}
