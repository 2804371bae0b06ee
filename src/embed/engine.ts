/** The engine of a frame, which it shares with the other frames of its site. */
import { EngineClient } from '../bridge/client';
import { EngineDesk } from '../bridge/engine-desk';
import { RemoteEngine, type RemoteEngineOptions } from '../bridge/remote-engine';
import { joinSharedEngine } from '../bridge/shared-engine';
import { spawnWorker } from '../bridge/spawn';
import { ServiceWorkerClient } from '../bridge/service-worker-client';

/** How long an engine waits for the service worker, which seals it on hosts that do not: it fetches the app first. */
const sealTimeoutMs = 60_000;

export function openDesk(): EngineDesk {
  let serviceWorker: ServiceWorkerClient | undefined;
  return new EngineDesk(
    (onLost) =>
      new EngineClient({
        spawn: spawnWorker,
        // Not before: a page on which nobody chats should not keep an app.
        beforeSpawn: () => {
          serviceWorker ??= newServiceWorker();
          return serviceWorker.isControlled(sealTimeoutMs);
        },
        allowsUnsealed: import.meta.env.DEV,
        onLost,
      }),
  );
}

export function makeEngine(options: Omit<RemoteEngineOptions, 'join'>): RemoteEngine {
  return new RemoteEngine({ ...options, join: (engine) => joinSharedEngine(engine, openDesk) });
}

function newServiceWorker(): ServiceWorkerClient {
  const scriptUrl = import.meta.env.PROD
    ? new URL('service-worker.js', document.baseURI).href
    : null;
  return new ServiceWorkerClient(scriptUrl, { onUpdateReady: () => {}, onFetched: () => {} });
}
