/** The page's side of the download worker. */
import type { DownloadEvent, DownloadRequest, WeightsFile } from '../protocol/download';
import { AppError, assertNever, fromWire } from '../protocol/errors';

export class DownloadClient {
  readonly #spawn: () => Worker;

  constructor(spawn: () => Worker) {
    this.#spawn = spawn;
  }

  /**
   * Fetches the file into the weights' store; resolves at once if it is there. Rejects with an
   * AppError; an abort (`aborted`) keeps what has arrived, and the next call goes on from there.
   * The worker lives as long as the download, so an idle page holds no memory for it.
   */
  download(
    file: WeightsFile,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (receivedBytes: number) => void },
  ): Promise<void> {
    const worker = this.#spawn();
    const requestId = 1;
    const post = (request: DownloadRequest) => worker.postMessage(request);
    const cancel = () => post({ type: 'cancel', requestId });
    return new Promise<void>((resolve, reject) => {
      // The worker's own script could not be fetched or run.
      worker.onerror = ({ message }) => {
        const code = navigator.onLine ? 'engine-file-missing' : 'offline';
        reject(new AppError(code, {}, { cause: message }));
      };
      worker.onmessage = ({ data }: MessageEvent<DownloadEvent>) => {
        switch (data.type) {
          case 'progress':
            return onProgress(data.receivedBytes);
          case 'stored':
            return resolve();
          case 'failed':
            return reject(fromWire(data.error));
          default:
            assertNever(data);
        }
      };
      post({ type: 'download', requestId, file });
      signal.addEventListener('abort', cancel, { once: true });
      if (signal.aborted) cancel();
    }).finally(() => {
      signal.removeEventListener('abort', cancel);
      worker.terminate();
    });
  }
}
