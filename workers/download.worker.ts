/** Entry of the download worker: has models fetched, verifies them, commits them to IndexedDB. It has no network. */
import type { DownloadEvent, DownloadRequest } from '../src/protocol/download';
import { AppError, assertNever, toWire } from '../src/protocol/errors';
import { deleteModel } from '../src/storage/weights';
import { inspectModel } from './download/inspect';
import { downloadModel } from './download/model';
import { networkOf } from './download/network';
import { removeDamaged, removeUnvouched } from './download/verify';

declare const self: DedicatedWorkerGlobalScope;

const running = new Map<number, AbortController>();
const post = (event: DownloadEvent) => self.postMessage(event);

self.onmessage = ({ data }: MessageEvent<DownloadRequest>) => {
  switch (data.type) {
    case 'download':
      void run(data.requestId, async (options) => {
        await downloadModel(data.source, { ...options, ask: networkOf(data.network) });
        return { type: 'stored', requestId: data.requestId };
      });
      return;
    case 'inspect':
      void run(data.requestId, async ({ signal }) => {
        const { requestId, origin, network } = data;
        const onRender = () => post({ type: 'rendering', requestId });
        const facts = await inspectModel(origin, { signal, onRender, ask: networkOf(network) });
        return { type: 'inspected', requestId, facts };
      });
      return;
    case 'verify':
      void run(data.requestId, async (options) => {
        const result = await removeDamaged(data.modelId, options);
        return { type: 'verified', requestId: data.requestId, ...result };
      });
      return;
    case 'discard':
      void run(data.requestId, async (options) => {
        const { damagedFiles } = await removeDamaged(data.modelId, options);
        const hasRemoved = damagedFiles > 0 || (await removeUnvouched(data.modelId)) > 0;
        if (!hasRemoved) await deleteModel(data.modelId);
        return { type: 'discarded', requestId: data.requestId };
      });
      return;
    case 'cancel':
      running.get(data.requestId)?.abort();
      return;
    default:
      assertNever(data);
  }
};

interface WorkOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void;
  readonly onFetched: (url: string, bytes: number) => void;
}

/** Does the work, with its progress and its end posted to the page. */
async function run(requestId: number, work: (options: WorkOptions) => Promise<DownloadEvent>) {
  const controller = new AbortController();
  running.set(requestId, controller);
  try {
    const onProgress = (receivedBytes: number, totalBytes: number) =>
      post({ type: 'progress', requestId, receivedBytes, totalBytes });
    const onFetched = (url: string, bytes: number) =>
      post({ type: 'fetched', requestId, url, bytes, atMs: Date.now() });
    post(await work({ signal: controller.signal, onProgress, onFetched }));
  } catch (error) {
    post({ type: 'failed', requestId, error: toWire(AppError.from(error)) });
  } finally {
    running.delete(requestId);
  }
}
