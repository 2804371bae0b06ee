/** The engine of a frame, or of a window that runs it for a frame. */
import type { EngineClient } from '../bridge/engine-client';
import type { EngineWorkerOptions } from '../bridge/engine-worker';
import { type EngineOptions, makeEngine } from '../bridge/make-engine';
import { ownServiceWorker, type ServiceWorkerClient } from '../bridge/service-worker-client';

export function workerOptions(): EngineWorkerOptions {
  let serviceWorker: ServiceWorkerClient | undefined;
  return {
    // Only now: a page on which nobody chats should not store the app.
    beforeSpawn: () => {
      serviceWorker ??= ownServiceWorker({ onUpdateReady: () => {}, onFetched: () => {} });
      return serviceWorker.isControlled();
    },
    allowsUnsealed: import.meta.env.DEV,
  };
}

export function makeFrameEngine(
  options: Omit<EngineOptions, keyof EngineWorkerOptions>,
): EngineClient {
  return makeEngine({ ...options, ...workerOptions() });
}
