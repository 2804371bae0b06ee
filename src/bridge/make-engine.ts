/**
 * A page's engine: the one that its tabs and frames share. The page that holds it runs it in its own worker.
 */
import { EngineBroker } from './engine-broker';
import { EngineClient, type EngineClientOptions } from './engine-client';
import { EngineWorker, type EngineWorkerOptions } from './engine-worker';
import { SharedEngine } from './shared-engine';

export type EngineOptions = Omit<EngineClientOptions, 'findLink'> & EngineWorkerOptions;

export const openBroker = (options: EngineWorkerOptions) =>
  new EngineBroker((onLost) => new EngineWorker(options, onLost));

export function makeEngine(options: EngineOptions): EngineClient {
  const client = new EngineClient({ ...options, findLink: () => shared.link() });
  const shared = new SharedEngine({
    openBroker: () => openBroker(options),
    onMoved: (link, error) => {
      client.detach(link, error);
      // Finds out what is loaded there.
      void client.connect();
    },
  });
  return client;
}
