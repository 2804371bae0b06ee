/** The page's side of the download worker and of the worker that fetches for it. */
import type {
  DownloadEvent,
  DownloadRequest,
  ListedFiles,
  ModelFacts,
  ModelOrigin,
  ModelSource,
} from '../protocol/download';
import { AppError } from '../protocol/errors';
import type { FetchTarget, FetchStart } from '../protocol/fetch';
import { missingScript, WorkerRequests } from './requests';
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

/** The part that stores need; a widget's frame implements it too. */
export type Downloads = Pick<
  DownloadClient,
  'download' | 'inspect' | 'list' | 'discard' | 'verify'
>;

/** A thousand times as long as the template of any real model needs. */
const renderMs = 5000;

export class DownloadClient {
  readonly #spawn: SpawnWorker;
  readonly #onFetched: (fetched: Fetched) => void;

  constructor(onFetched: (fetched: Fetched) => void = () => {}, spawn: SpawnWorker = spawnWorker) {
    this.#spawn = spawn;
    this.#onFetched = onFetched;
  }

  /**
   * Stores the model's files; resolves at once if they are stored. Rejects with an AppError. An abort
   * (`aborted`) keeps what has arrived, and the next call resumes from there.
   */
  download(source: ModelSource, options: DownloadOptions): Promise<void> {
    return this.#run({ type: 'download', source, network: null }, options).then(() => {});
  }

  /** Reads a model's metadata, without its weights. Rejects with an AppError. */
  async inspect(origin: ModelOrigin, signal: AbortSignal): Promise<ModelFacts> {
    const event = await this.#run(
      { type: 'inspect', origin, network: null },
      { signal, onProgress: () => {} },
    );
    if (event.type !== 'inspected') throw new AppError('unknown');
    return event.facts;
  }

  /** Lists a repository's files; `url` is its address on a model hub. Rejects with an AppError. */
  async list(url: string, repository: string, signal: AbortSignal): Promise<ListedFiles> {
    const event = await this.#run(
      { type: 'list', url, repository, network: null },
      { signal, onProgress: () => {} },
    );
    if (event.type !== 'listed') throw new AppError('unknown');
    return event.files;
  }

  /** Deletes the damaged files of a stored model, or else those without a hash; see the protocol. */
  discard(modelId: string, options: DownloadOptions): Promise<void> {
    return this.#run({ type: 'discard', modelId }, options).then(() => {});
  }

  /** Compares a stored model with its hashes and deletes damaged files. */
  async verify(modelId: string, options: DownloadOptions): Promise<Verified> {
    const event = await this.#run({ type: 'verify', modelId }, options);
    if (event.type !== 'verified') throw new AppError('unknown');
    return event;
  }

  /** The workers end with the request, so an idle page holds no memory for them. */
  async #run(
    request: DownloadRequest,
    { signal, onProgress }: DownloadOptions,
  ): Promise<DownloadEvent> {
    const requests = new WorkerRequests<DownloadRequest, DownloadEvent>(this.#spawn('download'), {
      lastEvents: ['stored', 'listed', 'inspected', 'discarded', 'verified'],
      failure: missingScript,
    });
    const network = this.#fetcherFor(request, (error) => requests.end(error));
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const events = requests.open(
        network ? ({ ...request, network: network.port } as DownloadRequest) : request,
        network ? { signal, transfer: [network.port] } : { signal },
      );
      for await (const event of events) {
        if (event.type === 'progress') onProgress(event.receivedBytes, event.totalBytes);
        else if (event.type === 'fetched') this.#onFetched(event);
        else if (event.type === 'rendering') {
          const error = new AppError('template-endless', { seconds: renderMs / 1000 });
          timer = setTimeout(() => requests.end(error), renderMs);
        } else return event;
      }
      throw new AppError('unknown');
    } finally {
      clearTimeout(timer);
      requests.end();
      network?.worker.terminate();
    }
  }

  /** Null for a request without network access. */
  #fetcherFor(request: DownloadRequest, onFailure: (error: AppError) => void) {
    const target = targetOf(request);
    if (!target) return null;
    const worker = this.#spawn('fetch');
    worker.onerror = ({ message }) => onFailure(missingScript(message));
    const { port1, port2: port } = new MessageChannel();
    const start: FetchStart = { target, port: port1 };
    worker.postMessage(start, [port1]);
    return { worker, port };
  }
}

/** The addresses that the request may fetch; null for a request without network access. */
function targetOf(request: DownloadRequest): FetchTarget | null {
  if (request.type === 'list') return { files: [request.url], folder: null };
  if (request.type !== 'download' && request.type !== 'inspect') return null;
  const origin = request.type === 'download' ? request.source : request.origin;
  const [file, folder] =
    origin.kind === 'gguf' ? [origin.file, null] : [origin.library, origin.folder];
  const files = typeof file === 'string' ? [file] : [];
  if (typeof folder === 'string') return { files, folder };
  return files.length > 0 ? { files, folder: null } : null;
}
