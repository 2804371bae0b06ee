/** The library of documents: its list, and what a visitor does with it. Loaded with its dialog. */
import type { Attachment, StoredDocument } from '../../core/documents/document';
import { type LibraryEntry, libraryEntry } from '../../core/documents/library';
import { AppError } from '../../protocol/errors';
import type { ConversationSession } from '../chat/conversation-session.svelte';
import { attachKept, readFile } from './attaching';
import type { Documents } from './documents.svelte';
import type { DraftAttachment } from './draft-attachment';

/** The part of `src/storage` that this store needs. */
export interface LibraryStorage {
  load(): Promise<readonly LibraryEntry[]>;
  keep(entry: LibraryEntry, document: StoredDocument): Promise<void>;
  /** Resolves with its text; null if that was gone already. */
  remove(id: string): Promise<StoredDocument | null>;
}

interface Removed {
  readonly entry: LibraryEntry;
  readonly document: StoredDocument;
}

export class DocumentLibrary {
  /** The newest first; null until they are read. */
  entries = $state.raw<readonly LibraryEntry[] | null>(null);
  /** The files that are being read for it, or could not be. */
  attachments = $state.raw<readonly DraftAttachment[]>([]);
  /** How many files of the last choice are read; null once all are. */
  adding = $state.raw<{ readonly done: number; readonly total: number } | null>(null);
  /** The last removal, which can be undone. */
  removed = $state.raw<Removed | null>(null);
  /** Why the last change or reading failed. */
  error = $state.raw<AppError | null>(null);

  readonly #toAdd: File[] = [];
  readonly #storage: LibraryStorage;
  readonly #documents: Documents;
  readonly #nowMs: () => number;

  constructor(storage: LibraryStorage, documents: Documents, nowMs: () => number = Date.now) {
    this.#storage = storage;
    this.#documents = documents;
    this.#nowMs = nowMs;
  }

  has(id: string): boolean {
    return this.entries?.some(({ attachment }) => attachment.id === id) ?? false;
  }

  /** Reads the list, also after a change by another tab. */
  load(): Promise<void> {
    return this.#working(() => this.#read());
  }

  /** Keeps a document of a chat, or of the next question. */
  keep({ id, name }: Pick<Attachment, 'id' | 'name'>): Promise<void> {
    return this.#working(async () => {
      const document = await this.#documents.read(id);
      if (!document) throw new AppError('document-missing', { name });
      await this.#keep(libraryEntry(name, document, this.#nowMs()), document);
    });
  }

  /** Reads them one after the other; `attachments` shows how far each is, and which could not be read. */
  async addFiles(files: readonly File[]): Promise<void> {
    // A second choice waits for its turn with the rest of the first.
    this.#toAdd.push(...files);
    if (this.adding) return;
    try {
      for (let done = 0; this.#toAdd.length > 0; done += 1) {
        this.adding = { done, total: done + this.#toAdd.length };
        await readFile(this, this.#toAdd.shift()!, this.#documents);
        await this.#keepRead();
      }
    } finally {
      this.adding = null;
    }
  }

  /** What is read by then stays. */
  endAdding(): void {
    this.#toAdd.length = 0;
    for (const { state, key } of this.attachments) if (state === 'reading') this.dismiss(key);
  }

  /** Ends the reading of a file, or its error. */
  dismiss(key: string): void {
    const gone = this.attachments.find((one) => one.key === key);
    if (gone?.state === 'reading') gone.cancel();
    this.attachments = this.attachments.filter((one) => one !== gone);
  }

  remove(id: string): Promise<void> {
    return this.#working(async () => {
      const entry = this.entries?.find(({ attachment }) => attachment.id === id);
      const document = await this.#storage.remove(id);
      this.removed = entry && document ? { entry, document } : null;
      await this.#read();
    });
  }

  undo(): Promise<void> {
    return this.#working(async () => {
      if (this.removed) await this.#keep(this.removed.entry, this.removed.document);
    });
  }

  /** To the next question of a chat. What is gone meanwhile, or has no room there, is said beside the question. */
  attach(session: Pick<ConversationSession, 'attachments'>, ids: readonly string[]): Promise<void> {
    const chosen = (this.entries ?? []).filter(({ attachment }) => ids.includes(attachment.id));
    const attachments = chosen.map(({ attachment }) => attachment);
    return this.#working(() => attachKept(session, attachments, this.#documents));
  }

  async #keepRead(): Promise<void> {
    for (const one of this.attachments) {
      if (one.state !== 'ready') continue;
      const { key, name, document } = one;
      try {
        await this.#keep(libraryEntry(name, document, this.#nowMs()), document);
        this.dismiss(key);
      } catch (cause) {
        const failed = { key, name, state: 'failed', error: libraryError(cause) } as const;
        this.attachments = this.attachments.map((other) => (other.key === key ? failed : other));
      }
    }
  }

  async #keep(entry: LibraryEntry, document: StoredDocument): Promise<void> {
    await this.#storage.keep(entry, document);
    if (this.removed?.document.id === document.id) this.removed = null;
    await this.#read();
  }

  async #read(): Promise<void> {
    this.entries = await this.#storage.load();
  }

  async #working(work: () => Promise<void>): Promise<void> {
    this.error = null;
    try {
      await work();
    } catch (cause) {
      this.error = libraryError(cause);
    }
  }
}

function libraryError(cause: unknown): AppError {
  const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  return AppError.from(cause, isFull ? 'documents-full' : 'documents-unreadable');
}
