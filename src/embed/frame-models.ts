/** The models of a frame, or of a window that runs the engine for one. */
import { readCapabilities } from '../bridge/capabilities';
import type { ModelEngine } from '../bridge/engine-client';
import type { Downloads } from '../bridge/download-client';
import { hosting } from '../build-hosting';
import {
  loadAcceptances,
  loadModelChoice,
  loadCustomModels,
  saveAcceptance,
  saveCustomModels,
} from '../storage/settings';
import { askToPersist, readSpace } from '../storage/space';
import { deleteModel, type StoredSize } from '../storage/weights';
import { forgetHashes } from '../storage/weights-hashes';
import { Models } from '../stores/models/models.svelte';

export interface ModelSources {
  readonly downloads: Downloads;
  listStored(): Promise<Readonly<Record<string, StoredSize>>>;
}

export function makeModels(engine: ModelEngine, sources: ModelSources): Models {
  return new Models({
    engine,
    downloads: sources.downloads,
    capabilities: readCapabilities,
    ...hosting,
    storage: {
      listStored: () => sources.listStored(),
      delete: deleteModel,
      forgetHashes,
      persist: askToPersist,
      readSpace,
      loadChoice: loadModelChoice,
      // A site's option is not the visitor's choice.
      saveChoice: async () => {},
      loadAcceptances,
      saveAcceptance,
      loadCustomModels,
      saveCustomModels,
    },
  });
}
