/** The page's side of the documents worker. Each file is read in a worker of its own; one searches in all texts. */
import type { StoredDocument } from '../core/documents/document';
import { documentName } from '../core/documents/document-name';
import { WorkerRequests } from './requests';
import { type SpawnWorker, spawnWorker } from './spawn';
import type {
  DocumentEvent,
  DocumentRequest,
  DocumentText,
  FoundPassage,
} from '../protocol/documents';
import { AppError } from '../protocol/errors';

/** The time after which a file is given up because the worker hangs. A phone needs a minute for a thousand pages. */
const readTimeoutMs = 180_000;
/** A large PDF takes hundreds of megabytes while it is read. */
const maxReads = 2;
/** The search worker is ended after this time, since its texts take memory. */
const idleMs = 120_000;

type DocumentRequests = WorkerRequests<DocumentRequest, DocumentEvent>;

export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress01: number) => void;
}

export class DocumentClient {
  readonly #spawn: SpawnWorker;
  #search: { readonly requests: DocumentRequests; readonly indexed: Set<string> } | null = null;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #reading = 0;
  /** Calls each reading that waits for its turn. */
  readonly #waiting: (() => void)[] = [];

  constructor(spawn: SpawnWorker = spawnWorker) {
    this.#spawn = spawn;
  }

  /** Rejects with an AppError that has the file's name in its data; an abort ends it at once. */
  async read(file: File, { signal, onProgress }: ReadOptions): Promise<DocumentText> {
    await this.#turn();
    try {
      return await this.#read(file, { signal, onProgress });
    } finally {
      this.#reading -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    while (this.#reading >= maxReads) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#reading += 1;
  }

  async #read(file: File, { signal, onProgress }: ReadOptions): Promise<DocumentText> {
    if (signal.aborted) throw new AppError('aborted');
    const { name } = file;
    const requests = this.#start();
    const cancel = () => requests.end(new AppError('aborted'));
    signal.addEventListener('abort', cancel);
    const timer = setTimeout(() => requests.end(new AppError('document-broken')), readTimeoutMs);
    try {
      for await (const event of requests.open({ type: 'read', file, name })) {
        if (event.type === 'progress') onProgress(event.progress01);
        if (event.type === 'read') return event.document;
      }
      throw new AppError('document-broken');
    } catch (cause) {
      const { code, data } = AppError.from(cause, 'document-broken');
      throw new AppError(code, { ...data, name: documentName(name) }, { cause });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      requests.end();
    }
  }

  /** The best passages come first. If the document contains no word of the query, they are those at its beginning. */
  async search(
    document: StoredDocument,
    query: string,
    limit: number,
  ): Promise<readonly FoundPassage[]> {
    clearTimeout(this.#idleTimer);
    const { requests, indexed } = (this.#search ??= {
      requests: this.#start(),
      indexed: new Set(),
    });
    const { id: documentId } = document;
    try {
      if (!indexed.has(documentId)) {
        await requests.ask({ type: 'index', documentId, document });
        indexed.add(documentId);
      }
      const event = await requests.ask({ type: 'search', documentId, query, limit });
      return event.type === 'found' ? event.passages : [];
    } catch (cause) {
      this.#stop();
      throw cause;
    } finally {
      clearTimeout(this.#idleTimer);
      this.#idleTimer = setTimeout(() => this.#stop(), idleMs);
    }
  }

  #start(): DocumentRequests {
    return new WorkerRequests(this.#spawn('documents'), {
      lastEvents: ['read', 'indexed', 'found'],
      failure: (cause) =>
        new AppError(navigator.onLine ? 'engine-file-missing' : 'offline', {}, { cause }),
    });
  }

  #stop(): void {
    const search = this.#search;
    this.#search = null;
    search?.requests.end();
  }
}
