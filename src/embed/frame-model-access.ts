/** Where a frame's model is: with the site, in the app's own storage, or in a window of the app. */
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
  /** The site has a storage of its own, apart from that of the app. */
  readonly isApart: boolean;
  /** The site, as a person reads it. */
  readonly site: string;
  /** Called after the models have been looked at anew. */
  readonly onChange: () => Promise<unknown>;
}

/** The page that answers for frames when it is a window. */
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
      // What is loaded came from somewhere else.
      await models.refresh();
      await onChange();
    },
  });
  return access;
}
