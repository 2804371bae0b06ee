/**
 * Entry of the download worker: has models fetched, verifies them, and stores them in IndexedDB. It has no
 * network access.
 */
import type { DownloadEvent, DownloadRequest } from '../src/protocol/download';
import { assertNever } from '../src/protocol/errors';
import { deleteModel } from '../src/storage/weights';
import { inspectModel } from './download/inspect';
import { listRepository } from './download/list-repository';
import { downloadModel } from './download/store-model';
import { networkOf } from './download/network';
import { removeDamaged, removeUnverified } from './download/verify';
import { serveScope } from '../src/protocol/serve-requests';

declare const self: DedicatedWorkerGlobalScope;

serveScope<DownloadRequest, DownloadEvent>(self, async (request, { signal, post }) => {
  const options = {
    signal,
    onProgress: (receivedBytes: number, totalBytes: number) =>
      post({ type: 'progress', receivedBytes, totalBytes }),
    onFetched: (url: string, bytes: number) =>
      post({ type: 'fetched', url, bytes, atMs: Date.now() }),
  };
  switch (request.type) {
    case 'download':
      await downloadModel(request.source, { ...options, ask: networkOf(request.network) });
      return { type: 'stored' };
    case 'inspect': {
      const { origin, network } = request;
      const onRender = () => post({ type: 'rendering' });
      const facts = await inspectModel(origin, { signal, ask: networkOf(network), onRender });
      return { type: 'inspected', facts };
    }
    case 'list': {
      const ask = networkOf(request.network);
      return { type: 'listed', files: await listRepository(request, { ...options, ask }) };
    }
    case 'verify':
      return { type: 'verified', ...(await removeDamaged(request.modelId, options)) };
    case 'discard': {
      const { damagedFiles } = await removeDamaged(request.modelId, options);
      const hasRemoved = damagedFiles > 0 || (await removeUnverified(request.modelId)) > 0;
      if (!hasRemoved) await deleteModel(request.modelId);
      return { type: 'discarded' };
    }
    default:
      assertNever(request);
  }
});
