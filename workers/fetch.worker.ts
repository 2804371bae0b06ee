/**
 * Entry of the fetching worker: the only one that talks to the hosts of models. It knows nothing of models, reads
 * nothing that it fetches, and gives up what it could read of the visitor's before it does anything else.
 */
import './fetch/give-up-storage';
import type { FetchStart } from '../src/protocol/fetch';
import { serveFetches } from './fetch/serve';

declare const self: DedicatedWorkerGlobalScope;

// Once: nobody can name another place.
self.addEventListener(
  'message',
  ({ data: { port, place } }: MessageEvent<FetchStart>) => serveFetches(port, place),
  { once: true },
);
