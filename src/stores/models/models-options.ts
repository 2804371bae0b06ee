/** What the store of models is made with, and the states of a model that it shows. */
import type { Downloads } from '../../bridge/download-client';
import type { ModelEngine } from '../../bridge/engine-client';
import type { Site } from '../../core/models/catalogue';
import type { Capabilities } from '../../core/models/choose-engine';
import type { CustomModelStorage } from './custom-models.svelte';
import type { AcceptanceStorage } from './licences.svelte';
import type { StoredModelsStorage } from './stored-models.svelte';
import type { Loaded } from '../../protocol/engine';
import type { AppError } from '../../protocol/errors';

/** The part of `src/storage` that this store needs. */
export interface ModelStorage extends AcceptanceStorage, CustomModelStorage, StoredModelsStorage {
  /** Forgets the recorded hashes, so that changed files are accepted at the next download. */
  forgetHashes(weightsId: string): Promise<void>;
  /** Asks the browser to keep stored data. */
  persist(): Promise<void>;
  loadChoice(): Promise<string | undefined>;
  saveChoice(modelId: string): Promise<void>;
}

export interface ModelsOptions {
  readonly engine: ModelEngine;
  readonly downloads: Downloads;
  readonly storage: ModelStorage;
  readonly capabilities: () => Promise<Capabilities>;
  readonly site: Site;
  /** Hosts from which models may be fetched, besides the app's own. */
  readonly modelHosts: readonly string[];
}

/** The state of the chosen model. */
export type ModelState =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'downloading';
      readonly receivedBytes: number;
      readonly totalBytes: number;
      readonly bytesPerSecond: number;
      /** Absent until the speed is known. */
      readonly secondsLeft?: number;
    }
  | { readonly phase: 'paused'; readonly receivedBytes: number; readonly totalBytes: number }
  /** Stored files are being compared with their hashes. */
  | { readonly phase: 'checking'; readonly progress01: number }
  /** `progress01` is absent if the engine does not measure it. */
  | { readonly phase: 'loading'; readonly progress01?: number }
  | { readonly phase: 'stored' }
  | ({ readonly phase: 'ready' } & Pick<Loaded, 'threads' | 'contextTokens' | 'json'>)
  | { readonly phase: 'failed'; readonly error: AppError };
