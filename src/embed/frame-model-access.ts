/** Chooses where a frame's model comes from: the storage of the site, the app's own storage, or a window of the app. */
import type { EngineClient } from '../bridge/engine-client';
import { EngineWindow } from '../bridge/engine-window';
import { AppError } from '../protocol/errors';
import { askFirstParty, canAskFirstParty } from '../storage/first-party';
import { ModelAccess } from '../stores/embed/model-access.svelte';
import type { Models } from '../stores/models/models.svelte';
import type { FrameWeights } from './frame-weights';

interface FrameAccessOptions {
  readonly engine: EngineClient;
  readonly models: Models;
  readonly weights: FrameWeights;
  /** The site has its own storage, separate from that of the app. */
  readonly isApart: boolean;
  /** The site's name, for people. */
  readonly site: string;
  /** Called after the models were read again. */
  readonly onChange: () => Promise<unknown>;
}

/** The page that runs the engine for frames when it is opened as a window. */
export const pageUrl = new URL('embed.html', document.baseURI).href;

export function makeModelAccess(options: FrameAccessOptions): ModelAccess {
  const { engine, models, weights, isApart, site, onChange } = options;
  const access: ModelAccess = new ModelAccess({
    isApart,
    canAsk: canAskFirstParty,
    ask: async () => (weights.firstParty = await askFirstParty()) !== null,
    openWindow: async () => {
      const opened = await EngineWindow.open(pageUrl, site, {
        onStored: (weightsIds) => {
          weights.windowIds = weightsIds;
          void models.refresh();
        },
        onClosed: () => {
          weights.window = null;
          weights.windowIds = [];
          engine.detach(opened.link, new AppError('engine-died'));
          void access.windowClosed();
        },
      });
      weights.window = opened;
      engine.attach(opened.link);
    },
    onChange: async () => {
      // The loaded model came from another storage.
      await models.refresh();
      await onChange();
    },
  });
  return access;
}
