/**
 * Entry of the fetching worker: the only one that contacts model hosts. It knows nothing about models and does not read
 * the fetched data. Its first step removes its access to the visitor's data.
 */
import './fetch/remove-storage-apis';
import type { FetchStart } from '../src/protocol/fetch';
import { serveFetches } from './fetch/serve';

declare const self: DedicatedWorkerGlobalScope;

// Only once, so that nobody can set another target.
self.addEventListener(
  'message',
  ({ data: { port, target } }: MessageEvent<FetchStart>) => serveFetches(port, target),
  { once: true },
);
