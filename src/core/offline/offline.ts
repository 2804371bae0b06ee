/** What works without a network, and which engine files this device needs for it. */
import type { EnginePart, StoredParts } from '../../protocol/offline';
import type { Capabilities } from '../models/choose-engine';
import { engines } from '../models/engines';
import type { CatalogueModel } from '../models/model';

/** The parts of all engines that this device can use. */
export function partsFor(capabilities: Capabilities): readonly EnginePart[] {
  return Object.values(engines).flatMap(({ offlineParts }) => offlineParts(capabilities));
}

/** `model-absent`: the weights are not stored; `app-absent`: the app or its engine is not. */
export type OfflineState = 'ready' | 'model-absent' | 'app-absent';

export function offlineState(
  { engine }: CatalogueModel,
  { isStored, storedParts }: { readonly isStored: boolean; readonly storedParts: StoredParts },
  capabilities: Capabilities,
): OfflineState {
  if (!isStored) return 'model-absent';
  const needed = engines[engine].offlineParts(capabilities);
  return needed.length > 0 && needed.every((part) => storedParts.includes(part))
    ? 'ready'
    : 'app-absent';
}
