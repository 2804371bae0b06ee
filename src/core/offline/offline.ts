/** What works without a network, and which engine files this device needs for it. */
import type { EnginePart, Kept } from '../../protocol/offline';
import { type Capabilities, cpuThreads } from '../models/choose-engine';
import type { CatalogueModel } from '../models/model';

/**
 * The engines' parts that this device can use. A page that is not isolated yet will be at its next load,
 * through the service worker, so it needs both forms of the CPU engine.
 */
export function partsFor(capabilities: Capabilities): readonly EnginePart[] {
  const { crossOriginIsolated, sharedMemory } = capabilities;
  const isolated = { ...capabilities, sharedMemory: sharedMemory || !crossOriginIsolated };
  const cpu = new Set<EnginePart>([cpuPart(capabilities), cpuPart(isolated)]);
  return capabilities.gpu.state === 'ready' ? [...cpu, 'webllm'] : [...cpu];
}

function cpuPart(capabilities: Capabilities): EnginePart {
  return cpuThreads(capabilities) > 1 ? 'wllama-threads' : 'wllama-one-thread';
}

/** `model-absent`: the weights are not stored; `app-absent`: the app or its engine is not. */
export type OfflineState = 'ready' | 'model-absent' | 'app-absent';

export function offlineState(
  { engine }: CatalogueModel,
  { isStored, kept }: { readonly isStored: boolean; readonly kept: Kept },
  capabilities: Capabilities,
): OfflineState {
  if (!isStored) return 'model-absent';
  const needed = partsFor(capabilities).filter((part) => part.startsWith(engine));
  return needed.length > 0 && needed.every((part) => kept.includes(part)) ? 'ready' : 'app-absent';
}
