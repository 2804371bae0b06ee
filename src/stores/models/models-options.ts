/** What the store of models is made with. */
import type { Downloads } from '../../bridge/download-client';
import type { ModelEngine } from '../../bridge/engine-client';
import type { Site } from '../../core/models/catalogue';
import type { Capabilities } from '../../core/models/choose-engine';
import type { CustomModelStorage } from './custom-models.svelte';
import type { AcceptanceStorage } from './licences.svelte';
import type { StoredModelsStorage } from './stored-models.svelte';

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
