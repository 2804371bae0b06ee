/** The engine of a frame, or of a window that runs it for a frame. */
import type { EngineClient } from '../bridge/engine-client';
import type { EngineWorkerOptions } from '../bridge/engine-worker';
import { type EngineOptions, makeEngine } from '../bridge/make-engine';
import { ServiceWorkerClient } from '../bridge/service-worker-client';

/**
 * How long an engine waits for the service worker, which seals it if the host does not: it fetches the app
 * first.
 */
const sealTimeoutMs = 60_000;

export function workerOptions(): EngineWorkerOptions {
  let serviceWorker: ServiceWorkerClient | undefined;
  return {
    // Only now: a page on which nobody chats should not store the app.
    beforeSpawn: () => {
      serviceWorker ??= newServiceWorker();
      return serviceWorker.isControlled(sealTimeoutMs);
    },
    allowsUnsealed: import.meta.env.DEV,
  };
}

export function makeFrameEngine(
  options: Omit<EngineOptions, keyof EngineWorkerOptions>,
): EngineClient {
  return makeEngine({ ...options, ...workerOptions() });
}

function newServiceWorker(): ServiceWorkerClient {
  const scriptUrl = import.meta.env.PROD
    ? new URL('service-worker.js', document.baseURI).href
    : null;
  return new ServiceWorkerClient(scriptUrl, { onUpdateReady: () => {}, onFetched: () => {} });
}
