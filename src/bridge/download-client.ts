/** The page's side of the download worker, and of the one that fetches for it. */
import type {
  DownloadEvent,
  DownloadRequest,
  ModelFacts,
  ModelOrigin,
  ModelSource,
} from '../protocol/download';
import { AppError, assertNever, fromWire } from '../protocol/errors';
import type { FetchPlace, FetchStart } from '../protocol/fetch';
import { type SpawnWorker, spawnWorker } from './spawn';

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void;
}

export type Fetched = Extract<DownloadEvent, { type: 'fetched' }>;

export interface Verified {
  readonly damagedFiles: number;
  readonly files: number;
}

/** What the stores need for downloads, wherever they are done. */
export type Downloads = Pick<DownloadClient, 'download' | 'inspect' | 'discard' | 'verify'>;

const requestId = 1;

/** A thousand times what the template of any real model takes. */
const renderMs = 5000;

export class DownloadClient {
  readonly #spawn: SpawnWorker;
  readonly #onFetched: (fetched: Fetched) => void;

  constructor(onFetched: (fetched: Fetched) => void = () => {}, spawn: SpawnWorker = spawnWorker) {
    this.#spawn = spawn;
    this.#onFetched = onFetched;
  }

  /**
   * Fetches the model into the weights' store; resolves at once if it is there. Rejects with an
   * AppError; an abort (`aborted`) keeps what has arrived, and the next call goes on from there.
   */
  download(source: ModelSource, options: DownloadOptions): Promise<void> {
    return this.#run({ type: 'download', requestId, source, network: null }, options).then(
      () => {},
    );
  }

  /** Reads what a model says about itself, without its weights. Rejects with an AppError. */
  async inspect(origin: ModelOrigin, signal: AbortSignal): Promise<ModelFacts> {
    const event = await this.#run(
      { type: 'inspect', requestId, origin, network: null },
      { signal, onProgress: () => {} },
    );
    if (event.type !== 'inspected') throw new AppError('unknown');
    return event.facts;
  }

  /** Takes out of a stored model what is damaged, or else what could be; see the protocol. */
  discard(modelId: string, options: DownloadOptions): Promise<void> {
    return this.#run({ type: 'discard', requestId, modelId }, options).then(() => {});
  }

  /** Compares a stored model with its hashes and takes out what is damaged. */
  async verify(modelId: string, options: DownloadOptions): Promise<Verified> {
    const event = await this.#run({ type: 'verify', requestId, modelId }, options);
    if (event.type !== 'verified') throw new AppError('unknown');
    return event;
  }

  /** The workers live as long as the request, so an idle page holds no memory for them. */
  #run(request: DownloadRequest, { signal, onProgress }: DownloadOptions): Promise<DownloadEvent> {
    const worker = this.#spawn('download');
    const place = placeOf(request);
    const fetcher = place && this.#spawn('fetch');
    const post = (message: DownloadRequest, transfer: Transferable[] = []) =>
      worker.postMessage(message, transfer);
    const cancel = () => post({ type: 'cancel', requestId });
    let timer: ReturnType<typeof setTimeout> | undefined;
    return new Promise<DownloadEvent>((resolve, reject) => {
      // A worker's own script could not be fetched or run.
      for (const one of fetcher ? [worker, fetcher] : [worker]) {
        one.onerror = ({ message }) => {
          const code = navigator.onLine ? 'engine-file-missing' : 'offline';
          reject(new AppError(code, {}, { cause: message }));
        };
      }
      worker.onmessage = ({ data }: MessageEvent<DownloadEvent>) => {
        switch (data.type) {
          case 'progress':
            return onProgress(data.receivedBytes, data.totalBytes);
          case 'fetched':
            return this.#onFetched(data);
          case 'rendering':
            timer = setTimeout(
              () => reject(new AppError('template-endless', { seconds: renderMs / 1000 })),
              renderMs,
            );
            return;
          case 'stored':
          case 'inspected':
          case 'discarded':
          case 'verified':
            return resolve(data);
          case 'failed':
            return reject(fromWire(data.error));
          default:
            assertNever(data);
        }
      };
      if (fetcher) {
        const { port1, port2 } = new MessageChannel();
        const start: FetchStart = { place, port: port1 };
        fetcher.postMessage(start, [port1]);
        post({ ...request, network: port2 } as DownloadRequest, [port2]);
      } else post(request);
      signal.addEventListener('abort', cancel, { once: true });
      if (signal.aborted) cancel();
    }).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      worker.terminate();
      fetcher?.terminate();
    });
  }
}

/** Where the request's files may be asked for; null where it needs no network. */
function placeOf(request: DownloadRequest): FetchPlace | null {
  if (request.type !== 'download' && request.type !== 'inspect') return null;
  const origin = request.type === 'download' ? request.source : request.origin;
  const [file, folder] =
    origin.kind === 'gguf' ? [origin.file, null] : [origin.library, origin.folder];
  const files = typeof file === 'string' ? [file] : [];
  if (typeof folder === 'string') return { files, folder };
  return files.length > 0 ? { files, folder: null } : null;
}
