/** Entry of the download worker: fetches weights, verifies them, commits them to IndexedDB. */
import type { DownloadEvent, DownloadRequest } from '../src/protocol/download';
import { AppError, assertNever, toWire } from '../src/protocol/errors';
import { download } from './download';

declare const self: DedicatedWorkerGlobalScope;

const running = new Map<number, AbortController>();
const post = (event: DownloadEvent) => self.postMessage(event);

self.onmessage = ({ data }: MessageEvent<DownloadRequest>) => {
  switch (data.type) {
    case 'download':
      void run(data);
      return;
    case 'cancel':
      running.get(data.requestId)?.abort();
      return;
    default:
      assertNever(data);
  }
};

async function run({ requestId, file }: Extract<DownloadRequest, { type: 'download' }>) {
  const controller = new AbortController();
  running.set(requestId, controller);
  try {
    await download(file, {
      signal: controller.signal,
      onProgress: (receivedBytes) =>
        post({ type: 'progress', requestId, receivedBytes, totalBytes: file.sizeBytes }),
    });
    post({ type: 'stored', requestId });
  } catch (error) {
    post({ type: 'failed', requestId, error: toWire(AppError.from(error)) });
  } finally {
    running.delete(requestId);
  }
}
